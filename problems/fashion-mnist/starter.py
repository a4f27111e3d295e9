"""Trains a model for fashion-mnist with Keras and saves it for the grader.

    grader data export fashion-mnist fashion-mnist-data
    python fashion-mnist.py
    grader grade fashion-mnist fashion-mnist.keras
"""

import os
import sys

import keras
import numpy as np

# Where the exported arrays lie, and where the model goes.
folder = sys.argv[1] if len(sys.argv) > 1 else "fashion-mnist-data"
file = sys.argv[2] if len(sys.argv) > 2 else "fashion-mnist.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")

# A single layer on raw pixels, shown the pictures twice. Hidden layers or convolutions see more.
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
# A name that ends in .h5 works as well.
model.save(file)
