"""Keras로 sarcasm 모델을 학습하고 채점할 파일로 저장합니다.

    grader data export sarcasm sarcasm-data
    python sarcasm.py
    grader grade sarcasm sarcasm.keras
"""

import os
import sys

import keras
import numpy as np

# 내보낸 배열이 있는 폴더와 모델을 저장할 파일입니다.
folder = sys.argv[1] if len(sys.argv) > 1 else "sarcasm-data"
file = sys.argv[2] if len(sys.argv) > 2 else "sarcasm.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")
# 가장 자주 나오는 단어 1,000개만 쓰고, 나머지는 모두 1로 둡니다.
x_train, x_val = np.where(x_train < 1000, x_train, 1), np.where(x_val < 1000, x_val, 1)

# 학습한 단어 벡터의 평균을 냅니다. 3에포크는 너무 적고, 단어의 순서는 모두 사라집니다.
model = keras.Sequential(
    [
        keras.Input((120,)),
        keras.layers.Embedding(1000, 16),
        keras.layers.GlobalAveragePooling1D(),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.001),
    loss="binary_crossentropy",
    metrics=["accuracy"],
)
model.fit(x_train, y_train, epochs=3, batch_size=32, validation_data=(x_val, y_val))
# 이름이 .h5로 끝나도 됩니다.
model.save(file)
