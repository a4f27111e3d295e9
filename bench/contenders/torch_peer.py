"""PyTorch: the same model from the same Keras layers, in a training loop as PyTorch users write it."""

import math
import time

from peer import checked_rows, read_data, read_job, serve

import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "linear": nn.Identity}
# The losses take logits, which is how PyTorch is fastest; predict applies these.
OUTPUT_ACTIVATIONS = {"softmax": nn.Softmax(dim=-1), "sigmoid": nn.Sigmoid()}
LOSSES = {
    "MeanSquaredError": nn.MSELoss,
    "Huber": nn.HuberLoss,
    "BinaryCrossentropy": nn.BCEWithLogitsLoss,
    "SparseCategoricalCrossentropy": nn.CrossEntropyLoss,
}


class TorchPeer:
    def __init__(self, workload, setting, data):
        torch.manual_seed(1)
        self.workload = workload
        self.batch = workload["batch"]
        self.layout = setting["layout"]
        self.x, self.y = [torch.from_numpy(array) for array in read_data(data)]
        self.is_image = len(workload["input"]) == 3
        if self.is_image and self.layout == "channels_first":
            self.x = self.x.permute(0, 3, 1, 2).contiguous()
        if self.y.dtype == torch.int32:
            self.y = self.y.long()
        model, self.output = build(workload)
        if self.is_image and self.layout == "channels_last":
            model = model.to(memory_format=torch.channels_last)
        self.optimizer = make_optimizer(model, workload["optimizer"], setting["fused"])
        self.model = torch.compile(model) if setting["compile"] else model
        self.loss = LOSSES[workload["loss"]["class_name"]]()
        self.metric = METRICS[workload["metrics"][0]]

    def first_step(self):
        return self.loss_of(torch.arange(self.batch))

    def check(self):
        rows = checked_rows(self.workload)
        return self.loss_of(torch.arange(rows.start, rows.stop))

    def loss_of(self, rows):
        losses, _, _ = self.epoch(rows, math.inf)
        return losses

    def train(self, seconds):
        end = time.perf_counter() + seconds
        steps = 0
        while time.perf_counter() < end:
            steps += self.epoch(torch.randperm(len(self.x)), end)[2]
        return steps

    def epoch(self, order, end):
        """Mean loss, mean metric, steps. The means are over examples, as in Keras."""
        self.model.train()
        loss_sum, metric_sum, rows, steps = torch.zeros(()), torch.zeros(()), 0, 0
        for index in order.split(self.batch):
            targets = self.y[index]
            self.optimizer.zero_grad()
            outputs = self.model(self.inputs(index))
            loss = self.loss(outputs, targets)
            loss.backward()
            self.optimizer.step()
            with torch.no_grad():
                loss_sum += loss * len(index)
                metric_sum += self.metric(outputs, targets) * len(index)
            rows += len(index)
            steps += 1
            if time.perf_counter() >= end:
                break
        return loss_sum.item() / rows, metric_sum.item() / rows, steps

    def inputs(self, index):
        batch = self.x[index]
        if self.is_image and self.layout == "channels_last":
            # Rows are height, width, channels: seen as channels first, this is channels_last.
            return batch.permute(0, 3, 1, 2)
        return batch

    @torch.inference_mode()
    def predict(self, seconds):
        self.model.eval()
        end = time.perf_counter() + seconds
        rows = 0
        while time.perf_counter() < end:
            batches = [slice(at, at + self.batch) for at in range(0, len(self.x), self.batch)]
            rows += len(torch.cat([self.output(self.model(self.inputs(b))) for b in batches]))
        return rows


def accuracy(outputs, targets):
    if outputs.shape[-1] == 1:
        return ((outputs > 0) == (targets > 0.5)).float().mean()
    return (outputs.argmax(-1) == targets).float().mean()


def mean_absolute_error(outputs, targets):
    return (outputs - targets).abs().mean()


METRICS = {"accuracy": accuracy, "mae": mean_absolute_error}


class Permute(nn.Module):
    def __init__(self, *axes):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        return x.permute(self.axes)


class Mean(nn.Module):
    def forward(self, x):
        return x.mean(1)


class Sequences(nn.Module):
    """An LSTM's output at every step."""

    def __init__(self, lstm):
        super().__init__()
        self.lstm = lstm

    def forward(self, x):
        return self.lstm(x)[0]


class LastStates(nn.Module):
    """The last output of each direction, side by side."""

    def __init__(self, lstm):
        super().__init__()
        self.lstm = lstm

    def forward(self, x):
        _, (hidden, _) = self.lstm(x)
        return torch.cat([*hidden], dim=1)


def build(workload):
    """The model with logits for outputs, and what makes probabilities of them."""
    modules, width, output = [], workload["input"][-1], nn.Identity()
    size = workload["input"][:-1]
    for layer in workload["layers"]:
        config = layer["config"]
        activation = config.get("activation", "linear")
        match layer["class_name"]:
            case "Dense":
                modules += [dense(width, config["units"])]
                width = config["units"]
                if activation in OUTPUT_ACTIVATIONS:
                    output = OUTPUT_ACTIVATIONS[activation]
                elif activation != "linear":
                    modules += [ACTIVATIONS[activation]()]
            case "Conv2D":
                kernel = config["kernel_size"]
                modules += [with_glorot(nn.Conv2d(width, config["filters"], kernel))]
                modules += [ACTIVATIONS[activation]()]
                width = config["filters"]
                size = [length - extent + 1 for length, extent in zip(size, kernel)]
            case "MaxPooling2D":
                modules += [nn.MaxPool2d(config["pool_size"])]
                size = [length // extent for length, extent in zip(size, config["pool_size"])]
            case "Flatten":
                modules += [nn.Flatten()]
                width *= math.prod(size)
            case "Dropout":
                modules += [nn.Dropout(config["rate"])]
            case "Embedding":
                embedding = nn.Embedding(config["input_dim"], config["output_dim"])
                nn.init.uniform_(embedding.weight, -0.05, 0.05)
                modules += [embedding]
                width = config["output_dim"]
            case "GlobalAveragePooling1D":
                modules += [Mean()]
            case "Bidirectional":
                units = config["layer"]["config"]["units"]
                modules += [LastStates(lstm(width, units, bidirectional=True))]
                width = 2 * units
            case "LSTM":
                modules += [Sequences(lstm(width, config["units"]))]
                width = config["units"]
            case "Conv1D":
                modules += causal_convolution(width, config["filters"], config["kernel_size"][0])
                modules += [ACTIVATIONS[activation](), Permute(0, 2, 1)]
                width = config["filters"]
            case other:
                raise ValueError(f"no PyTorch module for {other}")
    return nn.Sequential(*modules), output


def dense(inputs, outputs):
    return with_glorot(nn.Linear(inputs, outputs))


def with_glorot(module):
    """Keras's initial weights, so that the losses can be compared."""
    nn.init.xavier_uniform_(module.weight)
    nn.init.zeros_(module.bias)
    return module


def causal_convolution(inputs, filters, kernel):
    convolution = with_glorot(nn.Conv1d(inputs, filters, kernel))
    return [Permute(0, 2, 1), nn.ConstantPad1d((kernel - 1, 0), 0.0), convolution]


def lstm(inputs, units, bidirectional=False):
    module = nn.LSTM(inputs, units, batch_first=True, bidirectional=bidirectional)
    for name, weight in module.named_parameters():
        if name.startswith("weight_ih"):
            nn.init.xavier_uniform_(weight)
        elif name.startswith("weight_hh"):
            nn.init.orthogonal_(weight)
        else:
            nn.init.zeros_(weight)
            if name.startswith("bias_ih"):
                # Keras starts the forget gate open; the gates are input, forget, cell, output.
                nn.init.ones_(weight.data[units : 2 * units])
    return module


def make_optimizer(model, optimizer, fused):
    config, parameters = optimizer["config"], model.parameters()
    if optimizer["class_name"] == "SGD":
        return torch.optim.SGD(
            parameters, config["learning_rate"], momentum=config["momentum"], fused=fused
        )
    betas = config["beta_1"], config["beta_2"]
    return torch.optim.Adam(
        parameters, config["learning_rate"], betas, eps=config["epsilon"], fused=fused
    )


job = read_job()
torch.set_num_threads(job["setting"]["threads"])
torch.set_num_interop_threads(1)
serve(TorchPeer(job["workload"], job["setting"], job["data"]), {"torch": torch.__version__})
