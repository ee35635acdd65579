// How chart data travels, and how a number is written.

/** Packed by TimeChart.razor: n × f64 Unix s, then n × f32 a series, then n × u8 marks a series. NaN is a gap. */
export function unpack(bytes, series) {
  const copy = bytes.slice(), n = copy.length / (8 + 5 * series);
  const data = [Array.from(new Float64Array(copy.buffer, 0, n))], marks = [];
  for (let s = 0; s < series; s++) data.push(Array.from(new Float32Array(copy.buffer, 8 * n + 4 * n * s, n), v => Number.isFinite(v) ? v : null));
  for (let s = 0; s < series; s++) marks.push(copy.subarray((8 + 4 * series) * n + n * s, (8 + 4 * series) * n + n * (s + 1)));
  return { data, marks };
}

/** Number with its fixed decimals, thousands apart, and a true minus sign. */
export function numberText(value, decimals) {
  return value == null ? '–' : value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace('-', '\u2212');
}
