"""Keras로 fashion-mnist 모델을 학습하고 채점할 파일로 저장합니다.

    grader data export fashion-mnist fashion-mnist-data
    python fashion-mnist.py
    grader grade fashion-mnist fashion-mnist.keras
"""

import os
import sys

import keras
import numpy as np

# 내보낸 배열이 있는 폴더와 모델을 저장할 파일입니다.
folder = sys.argv[1] if len(sys.argv) > 1 else "fashion-mnist-data"
file = sys.argv[2] if len(sys.argv) > 2 else "fashion-mnist.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")

# 픽셀에 층 하나를 얹고 이미지를 두 번만 보여 줍니다. 은닉층이나 합성곱을 더하면 더 많은 것을 봅니다.
model = keras.Sequential(
    [
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.001),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(x_train, y_train, epochs=2, batch_size=128, validation_data=(x_val, y_val))
# 이름이 .h5로 끝나도 됩니다.
model.save(file)
