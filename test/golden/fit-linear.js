/**
 * One Dense layer trained with Adam: softmax and cross-entropy for several outputs, linear and squared error
 * for one. Small enough to read, real enough for curves that look like training.
 */
export function fitLinear({ training, validation, outputs, epochs, batch, rate, random }) {
  const inputs = training.x.length / training.y.length;
  const size = inputs * outputs + outputs;
  const weights = new Float64Array(size);
  const adam = { m: new Float64Array(size), v: new Float64Array(size), step: 0 };
  const order = Uint32Array.from(training.y, (_, row) => row);
  const history = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(order, random);
    const totals = { loss: 0, metric: 0 };
    for (let start = 0; start < order.length; start += batch) {
      const rows = order.subarray(start, start + batch);
      const gradient = new Float64Array(size);
      for (const row of rows) addRow(row, gradient, totals);
      update(gradient, rows.length, rate(epoch));
    }
    const held = evaluate(validation);
    const name = outputs > 1 ? 'accuracy' : 'mae';
    history.push({
      epoch,
      seconds: 0.2,
      learningRate: rate(epoch),
      logs: {
        loss: totals.loss / order.length,
        [name]: totals.metric / order.length,
        val_loss: held.loss,
        [`val_${name}`]: held.metric,
      },
    });
  }
  return { history, predict };

  function addRow(row, gradient, totals) {
    const x = training.x.subarray(row * inputs, (row + 1) * inputs);
    const y = forward(x);
    const target = training.y[row];
    const measured = lossOf(y, target);
    totals.loss += measured.loss;
    totals.metric += measured.metric;
    for (let output = 0; output < outputs; output++) {
      const error = outputs > 1 ? y[output] - (output === target ? 1 : 0) : 2 * (y[0] - target);
      const offset = output * inputs;
      for (let input = 0; input < inputs; input++) gradient[offset + input] += error * x[input];
      gradient[inputs * outputs + output] += error;
    }
  }

  function forward(x) {
    const y = new Float64Array(outputs);
    for (let output = 0; output < outputs; output++) {
      let sum = weights[inputs * outputs + output];
      const offset = output * inputs;
      for (let input = 0; input < inputs; input++) sum += weights[offset + input] * x[input];
      y[output] = sum;
    }
    return outputs > 1 ? softmax(y) : y;
  }

  function lossOf(y, target) {
    if (outputs === 1) return { loss: (y[0] - target) ** 2, metric: Math.abs(y[0] - target) };
    const isRight = y.indexOf(Math.max(...y)) === target;
    return { loss: -Math.log(Math.max(y[target], 1e-7)), metric: isRight ? 1 : 0 };
  }

  function update(gradient, rows, learningRate) {
    adam.step += 1;
    const first = 1 - 0.9 ** adam.step;
    const second = 1 - 0.999 ** adam.step;
    for (let index = 0; index < size; index++) {
      const slope = gradient[index] / rows;
      adam.m[index] = 0.9 * adam.m[index] + 0.1 * slope;
      adam.v[index] = 0.999 * adam.v[index] + 0.001 * slope * slope;
      weights[index] -=
        (learningRate * (adam.m[index] / first)) / (Math.sqrt(adam.v[index] / second) + 1e-7);
    }
  }

  function evaluate({ x, y }) {
    const totals = { loss: 0, metric: 0 };
    y.forEach((target, row) => {
      const measured = lossOf(forward(x.subarray(row * inputs, (row + 1) * inputs)), target);
      totals.loss += measured.loss / y.length;
      totals.metric += measured.metric / y.length;
    });
    return totals;
  }

  function predict(x) {
    const rows = x.length / inputs;
    const all = new Float32Array(rows * outputs);
    for (let row = 0; row < rows; row++) {
      all.set(forward(x.subarray(row * inputs, (row + 1) * inputs)), row * outputs);
    }
    return all;
  }
}

function softmax(values) {
  const largest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - largest));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / total);
}

function shuffle(order, random) {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
}
