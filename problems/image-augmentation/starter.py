"""Trains a model for image-augmentation with Keras and saves it for the grader.

    grader data export image-augmentation image-augmentation-data
    python image-augmentation.py
    grader grade image-augmentation image-augmentation.keras
"""

import os
import sys

import keras
import numpy as np

# Where the exported arrays lie, and where the model goes.
folder = sys.argv[1] if len(sys.argv) > 1 else "image-augmentation-data"
file = sys.argv[2] if len(sys.argv) > 2 else "image-augmentation.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")

# Large strides make it quick and blind to detail. More convolutions and augmentation help.
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
# A name that ends in .h5 works as well.
model.save(file)
