"""Keras로 regression 모델을 학습하고 채점할 파일로 저장합니다.

    grader data export regression regression-data
    python regression.py
    grader grade regression regression.keras
"""

import os
import sys

import keras
import numpy as np

# 내보낸 배열이 있는 폴더와 모델을 저장할 파일입니다.
folder = sys.argv[1] if len(sys.argv) > 1 else "regression-data"
file = sys.argv[2] if len(sys.argv) > 2 else "regression.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")

# 유닛 하나는 선형 회귀입니다. 은닉층이 있는 신경망이라면 무엇을 더 배울 수 있을까요?
model = keras.Sequential(
    [
        keras.Input((9,)),
        keras.layers.Dense(1),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.1),
    loss="mean_squared_error",
    metrics=["mae"],
)
model.fit(x_train, y_train, epochs=60, batch_size=32, validation_data=(x_val, y_val))
# 이름이 .h5로 끝나도 됩니다.
model.save(file)
