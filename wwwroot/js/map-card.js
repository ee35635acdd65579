// The hover card: what is under the pointer or has the focus. Name and state at once, from the byte that is here already; the values when the server
// has answered. One box for all; it stays where it opened, never under the pointer, and grows away from it.
import { classOf, layers, modes } from './palette.js';
import { markPicture, paintMark } from './map-marks.js';

const rest = 120, ask = 180; // ms: until the pointer is held to rest; until the server is asked
const gap = 16;              // CSS px between the pointer and the card
/** Lines that the server will answer for a layer: their room is kept, so that the card does not grow under the eye. */
const lines = [4, 4, 4, 4, 5, 5];

export class Card {
  #host; #box; #title; #kind; #state; #mark; #facts; #own; #shown = ''; #timer = 0; #asked = 0; #describe; #code = -1;

  /** @param host the map's container  @param describe (layer, id) -> Promise of {name, kind, lines: [{label, value, unit, at, period, letters, tone}]} or null */
  constructor(host, describe) {
    this.#host = host;
    this.#describe = describe;
    const box = this.#box = element('div', 'map-card');
    box.id = 'map-card';
    box.setAttribute('role', 'tooltip');
    box.hidden = true;
    const head = element('div', 'hd'), state = element('div', 'st');
    head.append(this.#title = element('b'), this.#kind = element('span', 'muted'));
    state.append(this.#mark = markPicture(), this.#state = element('span'));
    box.append(head, state, this.#own = element('ul', 'own'), this.#facts = element('dl'));
    host.append(box);
  }

  get asset() { return this.#shown; }

  /**
   * @param asset {layer, id, code, kv, name, kind, own: string[]}: what is known here
   * @param at where the pointer is or the mark stands, px of the map's box
   * @param now true for the focus: it does not wander
   */
  show(asset, at, now = false) {
    const key = `${asset.layer}:${asset.id}`;
    if (key === this.#shown) { this.refresh(asset); return; }
    clearTimeout(this.#timer);
    const open = () => {
      this.#shown = key;
      this.#fill(asset);
      this.#place(at);
      this.#askSoon(asset, now ? 0 : ask);
    };
    if (now) open(); else { if (!this.#box.hidden) this.#hide(); this.#timer = setTimeout(open, rest); }
  }

  hide() { clearTimeout(this.#timer); this.#hide(); }

  /** The state of what is shown has changed meanwhile. */
  refresh(asset) {
    if (`${asset.layer}:${asset.id}` !== this.#shown) return;
    const other = asset.code !== this.#code;
    this.#setState(asset);
    if (other) this.#askSoon(asset, ask); // its values are others too
  }

  remove() { this.hide(); this.#box.remove(); }

  #hide() { this.#asked++; this.#shown = ''; this.#box.hidden = true; }

  #askSoon(asset, wait) {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    this.#timer = setTimeout(() => this.#ask(asset, asked), wait);
  }

  #fill(asset) {
    this.#title.textContent = asset.name;
    this.#kind.textContent = asset.kind;
    this.#setState(asset);
    this.#rows(new Array(lines[asset.layer] ?? 0).fill(null));
    this.#box.hidden = false;
  }

  #setState({ code, kv, own, layer }) {
    this.#code = code;
    const look = classOf(modes.status, code, kv);
    paintMark(this.#mark, look);
    this.#state.textContent = layer === 3 && look.key === 'out' ? 'not in its normal position' : look.word;
    this.#state.classList.toggle('quiet', !look.abnormal);
    const list = own ?? [];
    this.#own.hidden = !list.length;
    this.#own.replaceChildren(...list.map(text => { const item = element('li'); item.textContent = text; return item; }));
  }

  #rows(rows) {
    this.#facts.replaceChildren(...rows.flatMap(row => {
      const label = element('dt'), value = element('dd');
      if (!row) { label.textContent = '\u00a0'; value.textContent = '\u00a0'; return [label, value]; }
      label.textContent = row.label;
      const number = element('span', `x ${row.tone ?? ''}`.trim());
      number.textContent = row.value;
      if (row.title) number.title = row.title;
      value.append(number);
      if (row.unit) { const unit = element('small'); unit.textContent = row.unit; value.append(unit); }
      for (const letter of row.letters ?? []) { const badge = element('abbr', 'badge'); badge.textContent = letter.letter; badge.title = letter.word; value.append(badge); }
      if (row.at >= 0) { const age = element('span', 'age'); age.dataset.age = String(row.at); age.dataset.period = String(row.period); value.append(age); }
      return [label, value];
    }));
  }

  async #ask(asset, asked) {
    let answer = null;
    try { answer = await this.#describe(asset.layer, asset.id); } catch (error) { console.info(`map: no details of ${layers[asset.layer]} ${asset.id}: ${error?.message ?? error}`); }
    if (asked !== this.#asked) return;
    if (!answer) { this.#rows([]); return; }
    this.#title.textContent = answer.name;
    this.#kind.textContent = answer.kind;
    this.#rows(answer.lines);
  }

  /** Beside the pointer, on the side with more room; the edge next to the pointer is the one that stays. */
  #place({ x, y }) {
    const width = this.#host.clientWidth, height = this.#host.clientHeight, style = this.#box.style, right = x < width / 2, below = y < height / 2;
    style.left = right ? `${x + gap}px` : '';
    style.right = right ? '' : `${width - x + gap}px`;
    style.top = below ? `${y + gap}px` : '';
    style.bottom = below ? '' : `${height - y + gap}px`;
  }
}

function element(name, className = '') {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}
