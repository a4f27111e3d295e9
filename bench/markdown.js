export function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}

export function perSecond({ unit, unitsPerRow, batch }, milliseconds) {
  const count = (1000 * batch * unitsPerRow) / milliseconds;
  return `${Number(count.toPrecision(3)).toLocaleString('en')} ${unit}`;
}

export function spread(values) {
  return `${number(Math.min(...values))}-${number(Math.max(...values))}`;
}

export function number(value) {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

export function percent(share) {
  return share === null ? '-' : `${(100 * share).toFixed(0)} %`;
}
