"""PyTorch: the same model from the same Keras layers, in a training loop as PyTorch users write it."""

import math
import time

from peer import checked_rows, read_data, read_job, serve

import torch
from torch import nn
from torch_model import build

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
