"""Keras로 image-augmentation 모델을 학습하고 채점할 파일로 저장합니다.

    grader data export image-augmentation image-augmentation-data
    python image-augmentation.py
    grader grade image-augmentation image-augmentation.keras
"""

import os
import sys

import keras
import numpy as np

# 내보낸 배열이 있는 폴더와 모델을 저장할 파일입니다.
folder = sys.argv[1] if len(sys.argv) > 1 else "image-augmentation-data"
file = sys.argv[2] if len(sys.argv) > 2 else "image-augmentation.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")

# 보폭(strides)이 커서 빠르지만 세부를 보지 못합니다. 합성곱을 더 쌓고 데이터를 증강하면 나아집니다.
model = keras.Sequential(
    [
        keras.Input((150, 150, 3)),
        keras.layers.Conv2D(8, 5, strides=5, activation="relu"),
        keras.layers.MaxPooling2D(3),
        keras.layers.Flatten(),
        keras.layers.Dense(3, activation="softmax"),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.001),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(x_train, y_train, epochs=3, batch_size=32, validation_data=(x_val, y_val))
# 이름이 .h5로 끝나도 됩니다.
model.save(file)
