// What a code is drawn with in the chosen mode: the palette's classes with their colours resolved, as tables by code.
import { classColors, codes, isDead, modes } from '../palette.js';

/** Tokens that the engine draws with; their values come with setColors. */
export const colorNames = [...new Set([...classColors, '--map', '--water', '--line', '--normal', '--faint', '--muted', '--text', '--accent'])];

export class Look {
  /** Styles by rank: the gravest last, drawn on top. `rim`: the colour of an outline, where its own is too like the ground's to be seen. */
  styles = [];
  /** code -> rank. */
  rankOf = new Uint8Array(codes);
  /** code -> 1 where a point is drawn at zooms at which its like is not: what is wrong now, not what is merely unheard of. */
  marked = new Uint8Array(codes);
  #byKv = null;

  /**
   * @param key of the mode
   * @param colors token -> value
   * @param kv of each feeder, for the mode of nominal voltage; null while not known
   */
  constructor(key, colors, kv) {
    const mode = modes[key], classes = [...mode.classes].sort((a, b) => a.order - b.order);
    this.styles = classes.map(c => ({
      color: colors[c.color] ?? '#888', mark: c.mark, width: c.width, scale: c.scale, dash: c.dash, alpha: c.alpha,
      rim: c.abnormal && contrast(colors[c.color], colors['--map']) < 3 ? colors['--text'] : null,
      abnormal: c.abnormal === true, quiet: !c.abnormal && c.width === 0, maxKv: c.maxKv ?? 0,
    }));
    // Classes that look alike are one: a line that goes from normal to loaded is not painted.
    const alike = this.styles.map(s => this.styles.findIndex(o => !s.maxKv && JSON.stringify(o) === JSON.stringify(s))).map((first, rank) => first < 0 ? rank : first);
    for (let code = 0; code < codes; code++) {
      const shown = mode.byId[mode.classOf[code]];
      this.rankOf[code] = alike[classes.indexOf(shown)];
      this.marked[code] = Number(shown.abnormal === true && !shown.when.age);
    }
    if (classes.some(c => c.maxKv) && kv) {
      const byKv = classes.map((c, rank) => [c.maxKv, rank]).filter(([max]) => max).sort(([a], [b]) => a - b);
      this.#byKv = Uint8Array.from(kv, v => byKv.find(([max]) => max >= v)?.[1] ?? byKv.at(-1)[1]);
    }
  }

  /** Rank of a code; where the class follows from the voltage, of this feeder. */
  rank(code, feeder) {
    const rank = this.rankOf[code];
    return this.#byKv && this.styles[rank].maxKv ? this.#byKv[feeder] ?? rank : rank;
  }

  /** True where both codes are drawn alike; a dead line has no arrows and a device that is not dead no ring, whatever their class. */
  same(a, b) { return this.rankOf[a] === this.rankOf[b] && this.marked[a] === this.marked[b] && isDead(a) === isDead(b); }
}

/** WCAG contrast of two colours #rrggbb; enough, where either is written otherwise. */
export function contrast(a, b) {
  const light = color => {
    const [r, g, b] = [1, 3, 5].map(i => parseInt(color.slice(i, i + 2), 16) / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  if (!/^#[0-9a-f]{6}$/i.test(a) || !/^#[0-9a-f]{6}$/i.test(b)) return 21;
  const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
  return (bright + .05) / (dark + .05);
}
