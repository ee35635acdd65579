// TimeChart's drawing: uPlot with axes in the control room's zone, gaps as gaps, limits and bands, marks of quality. One instance lives as long as its element.
import uPlot from 'uplot';
import { numberText, unpack } from './pack.js';
import { clockText, tickText, timeTicks } from './time.js';

const zone = () => document.documentElement.dataset.zone || 'America/Chicago';
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
const roles = { main: ['--text', 2], second: ['--accent-2', 2], compare: ['--faint', 1.5], faint: ['--line', 1] };
const markNames = { 1: '○ estimated', 2: '▾ missing', 3: '× suspect', 4: '□ edited', 5: '▴ power failed' }; // numbers of ReadingQuality

export function create(element, config, bytes) {
  const chart = new Chart(element);
  chart.update(config, bytes);
  return chart;
}

class Chart {
  #element; #plot; #shape; #config; #marks = []; #observer; #onTheme; #empty; #note; #resizing = 0;

  constructor(element) {
    this.#element = element;
    this.#observer = new ResizeObserver(() => {
      cancelAnimationFrame(this.#resizing);
      this.#resizing = requestAnimationFrame(() => this.#plot?.setSize(this.#size()));
    });
    this.#observer.observe(element);
    this.#onTheme = () => this.#plot?.redraw(false, true);
    document.addEventListener('fluxops:theme', this.#onTheme);
  }

  update(config, bytes) {
    const { data, marks } = unpack(bytes, config.series.length);
    const shape = JSON.stringify([config.series, config.unit, config.decimals, config.height]);
    this.#config = config;
    this.#marks = marks;
    if (!this.#plot || shape !== this.#shape) {
      this.#shape = shape;
      this.#plot?.destroy();
      this.#plot = new uPlot(this.#options(), data, this.#element);
      this.#dressLegend();
    } else {
      const x = this.#plot.scales.x, old = this.#plot.data[0];
      const zoomed = old.length > 1 && (x.min > old[0] || x.max < old.at(-1));
      this.#plot.setData(data, !zoomed);
      if (zoomed) this.#plot.redraw();
    }
    this.#says(data);
    this.#element.dataset.points = String(data[0].length);
    this.#element.dataset.ready = 'true';
  }

  dispose() {
    cancelAnimationFrame(this.#resizing);
    this.#observer.disconnect();
    document.removeEventListener('fluxops:theme', this.#onTheme);
    this.#plot?.destroy();
    this.#plot = null;
  }

  /** Height 0 fills the element; a given one is meant at 17 px type and grows with it. The readout's line is part of it. */
  #size() {
    const whole = this.#config.height > 0 ? this.#config.height * rem() / 17 : this.#element.clientHeight;
    return { width: Math.max(120, this.#element.clientWidth), height: Math.max(48, Math.floor(whole - 1.35 * rem())) };
  }

  /** Under no cursor the readout is of the newest value. */
  #showLast() {
    if (!this.#plot || this.#plot.cursor.idx != null && this.#plot.cursor.left >= 0) return;
    const last = this.#plot.data.slice(1).reduce((most, ys) => Math.max(most, ys.findLastIndex(y => y != null)), -1);
    if (last >= 0) this.#plot.setLegend({ idx: last }, false);
  }

  /** Colours by the tokens' names: a change of theme needs no script. */
  #dressLegend() {
    this.#plot.root.querySelectorAll('.u-legend .u-series').forEach((row, i) => {
      const marker = row.querySelector('.u-marker');
      if (i === 0) marker?.remove(); else marker.style.borderColor = `var(${(roles[this.#config.series[i - 1].role] ?? roles.main)[0]})`;
    });
  }

  #says(data) {
    const none = data.slice(1).every(ys => ys.every(y => y == null));
    if (none && !this.#empty) { this.#empty = document.createElement('div'); this.#empty.className = 'empty'; this.#empty.textContent = 'No data in this period'; this.#element.append(this.#empty); }
    if (!none) { this.#empty?.remove(); this.#empty = null; }
    const kinds = [...new Set(this.#marks.flatMap(m => [...m]))].filter(k => markNames[k]).sort();
    const text = kinds.map(k => markNames[k]).join('   ');
    if (text && !this.#note?.isConnected) { this.#note = document.createElement('tr'); this.#note.className = 'u-series'; this.#plot.root.querySelector('.u-legend')?.append(this.#note); }
    if (this.#note) { this.#note.replaceChildren(); if (text) { const cell = document.createElement('td'); cell.textContent = text; this.#note.append(cell); } }
  }

  #options() {
    const { series, unit, decimals } = this.#config;
    const font = () => `${Math.round(.74 * rem())}px Inter, "Segoe UI", sans-serif`;
    const axis = { stroke: () => css('--muted'), grid: { stroke: () => css('--line'), width: 1 }, ticks: { show: false }, font: font() };
    return {
      ...this.#size(),
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), zone()),
      cursor: { y: false, points: { size: 6, fill: () => css('--text') }, drag: { x: true, y: false } },
      legend: { live: true, markers: { width: 2, fill: 'transparent' } },
      scales: { x: { time: true }, y: { range: (_plot, min, max) => this.#range(min, max) } },
      axes: [
        { ...axis, size: Math.round(1.35 * rem()), gap: 3, grid: { show: false }, splits: (plot, _i, min, max) => timeTicks(min, max, Math.max(2, plot.width / (4.6 * rem())), zone()), values: (_plot, splits) => splits.map(s => tickText(s, zone())) },
        { ...axis, size: Math.round(3.6 * rem()), gap: 4, space: Math.round(1.7 * rem()), values: (_plot, splits) => splits.map(s => numberText(s, splits.length > 1 && splits[1] - splits[0] < 1 ? (splits[1] - splits[0] < .1 ? 2 : 1) : 0)) },
      ],
      series: [
        { label: 'Time', value: (_plot, x) => x == null ? '–' : clockText(x * 1000, zone()) },
        ...series.map(s => {
          const [color, width] = roles[s.role] ?? roles.main;
          return {
            label: s.label, stroke: () => css(color), width, spanGaps: false, points: { show: false },
            paths: s.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
            value: (_plot, y) => y == null ? 'no value' : `${numberText(y, decimals)} ${unit}`,
          };
        }),
      ],
      hooks: { setLegend: [() => this.#showLast()], drawClear: [plot => this.#bands(plot)], draw: [plot => { this.#limits(plot); this.#points(plot); }] },
    };
  }

  #range(min, max) {
    const values = [min, max, ...this.#config.limits.map(l => l.value), ...this.#config.bands.flatMap(b => [b.from, b.to])].filter(Number.isFinite);
    if (this.#config.fromZero) values.push(0);
    if (!values.length) return [0, 1];
    const low = Math.min(...values), high = Math.max(...values), pad = (high - low || Math.abs(high) || 1) * .08;
    return [this.#config.fromZero && low >= 0 ? 0 : low - pad, high + pad];
  }

  #bands(plot) {
    const { ctx, bbox } = plot;
    for (const band of this.#config.bands) {
      const top = plot.valToPos(band.to, 'y', true), bottom = plot.valToPos(band.from, 'y', true);
      ctx.save();
      ctx.globalAlpha = .3;
      ctx.fillStyle = css('--line');
      ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
      ctx.restore();
    }
  }

  #limits(plot) {
    const { ctx, bbox } = plot, dpr = devicePixelRatio || 1;
    ctx.save();
    ctx.lineWidth = dpr;
    ctx.font = `${Math.round(.7 * rem() * dpr)}px Inter, "Segoe UI", sans-serif`;
    ctx.textAlign = 'right';
    for (const limit of this.#config.limits) {
      const y = Math.round(plot.valToPos(limit.value, 'y', true)) + .5;
      ctx.strokeStyle = css('--p2');
      ctx.setLineDash([6 * dpr, 4 * dpr]);
      ctx.beginPath(); ctx.moveTo(bbox.left, y); ctx.lineTo(bbox.left + bbox.width, y); ctx.stroke();
      ctx.fillStyle = css('--muted');
      const below = y - bbox.top < 1.1 * rem() * dpr;
      ctx.textBaseline = below ? 'top' : 'bottom';
      ctx.fillText(`${limit.label} ${numberText(limit.value, this.#config.decimals)}`, bbox.left + bbox.width - 4, y + (below ? 2 : -2) * dpr);
    }
    ctx.restore();
  }

  /** A value with a gap on both sides would be invisible as a line: it is a dot. Marks say the quality by shape. */
  #points(plot) {
    const { ctx } = plot, dpr = devicePixelRatio || 1, xs = plot.data[0], [from, to] = plot.series[0].idxs ?? [0, xs.length - 1];
    ctx.save();
    ctx.lineWidth = 1.5 * dpr;
    for (let s = 1; s < plot.data.length; s++) {
      const ys = plot.data[s], marks = this.#marks[s - 1];
      ctx.strokeStyle = ctx.fillStyle = css((roles[this.#config.series[s - 1].role] ?? roles.main)[0]);
      for (let i = from; i <= to; i++) {
        const mark = marks?.[i] ?? 0, y = ys[i];
        if (y == null && mark !== 2) continue;
        if (mark === 0 && (ys[i - 1] != null || ys[i + 1] != null)) continue;
        const px = plot.valToPos(xs[i], 'x', true), py = y == null ? plot.bbox.top + plot.bbox.height - 5 * dpr : plot.valToPos(y, 'y', true), r = 3 * dpr;
        ctx.beginPath();
        if (mark === 1) { ctx.arc(px, py, r, 0, 7); this.#hollow(ctx); }
        else if (mark === 2) this.#triangle(ctx, px, py, r, css('--faint'));
        else if (mark === 3) { ctx.moveTo(px - r, py - r); ctx.lineTo(px + r, py + r); ctx.moveTo(px + r, py - r); ctx.lineTo(px - r, py + r); ctx.stroke(); }
        else if (mark === 4) { ctx.rect(px - r, py - r, 2 * r, 2 * r); this.#hollow(ctx); }
        else if (mark === 5) this.#triangle(ctx, px, py, -r, ctx.strokeStyle);
        else { ctx.arc(px, py, 1.5 * dpr, 0, 7); ctx.fill(); }
      }
    }
    ctx.restore();
  }

  #hollow(ctx) { const ink = ctx.fillStyle; ctx.fillStyle = css('--panel'); ctx.fill(); ctx.stroke(); ctx.fillStyle = ink; }

  #triangle(ctx, x, y, r, color) {
    const ink = ctx.fillStyle;
    ctx.fillStyle = color;
    ctx.moveTo(x - r, y - r); ctx.lineTo(x + r, y - r); ctx.lineTo(x, y + r); ctx.fill();
    ctx.fillStyle = ink;
  }
}
