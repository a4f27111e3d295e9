"""Keras로 sunspots 모델을 학습하고 채점할 파일로 저장합니다.

    grader data export sunspots sunspots-data
    python sunspots.py
    grader grade sunspots sunspots.keras
"""

import os
import sys

import keras
import numpy as np

# 내보낸 배열이 있는 폴더와 모델을 저장할 파일입니다.
folder = sys.argv[1] if len(sys.argv) > 1 else "sunspots-data"
file = sys.argv[2] if len(sys.argv) > 2 else "sunspots.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")
# 정답에는 각 위치의 다음 달 값이 있습니다. 이 모델은 마지막 값만 예측합니다.
y_train, y_val = y_train[:, -1], y_val[:, -1]

# 30개월 값의 가중합이며 거의 학습되지 않습니다. 달을 순서대로 읽는 층과 더 나은 옵티마이저를 쓰면
# 나아집니다.
model = keras.Sequential(
    [
        keras.Input((30, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(1),
    ]
)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.003),
    loss="mean_squared_error",
    metrics=["mae"],
)
model.fit(x_train, y_train, epochs=15, batch_size=32, validation_data=(x_val, y_val))
# 이름이 .h5로 끝나도 됩니다.
model.save(file)
