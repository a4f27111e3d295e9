"""Trains a model for regression with Keras and saves it for the grader.

    grader data export regression regression-data
    python regression.py
    grader grade regression regression.keras
"""

import os
import sys

import keras
import numpy as np

# Where the exported arrays lie, and where the model goes.
folder = sys.argv[1] if len(sys.argv) > 1 else "regression-data"
file = sys.argv[2] if len(sys.argv) > 2 else "regression.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")

# One unit is linear regression. What could a network with hidden layers learn on top?
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
# A name that ends in .h5 works as well.
model.save(file)
