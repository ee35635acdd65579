// Where several assets lie under one click: the nearest is selected, and a short list reaches the others.
import { Device, Meter, classOf, modes } from './palette.js';
import { markPicture, paintMark } from './map-marks.js';

export class Chooser {
  #host; #box = null; #page; #back = null; #assets = []; #asked = new Set();

  /** @param page {select(layer, id), describe(layer, id) -> Promise of {name, kind} or null} */
  constructor(host, page) { this.#host = host; this.#page = page; }

  get open() { return this.#box !== null; }

  /** @param assets [{layer, id, code, kv, name, kind}], nearest first; the first is the one selected  @param at px of the map's box  @param clear px at the right that something else covers */
  show(assets, at, clear = 0) {
    this.close(false);
    this.#back = document.activeElement;
    const box = this.#box = document.createElement('div'), list = document.createElement('ul'), title = document.createElement('p');
    box.className = 'map-chooser';
    title.id = 'map-chooser-title';
    title.textContent = `${assets.length} here`;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-labelledby', title.id);
    list.tabIndex = 0;
    list.append(...assets.map((asset, i) => {
      const item = document.createElement('li'), picture = markPicture(), name = document.createElement('b'), kind = document.createElement('span'), look = classOf(modes.status, asset.code, asset.kv);
      item.id = `map-choice-${i}`;
      item.setAttribute('role', 'option');
      item.dataset.layer = String(asset.layer);
      item.dataset.id = String(asset.id);
      paintMark(picture, look);
      name.textContent = asset.name;
      kind.className = 'muted';
      kind.textContent = look.abnormal ? `${asset.kind}, ${look.word}` : asset.kind;
      item.append(picture, name, kind);
      item.addEventListener('mouseenter', () => this.#name(asset, name));
      item.addEventListener('click', () => { this.#at(list, i); this.#choose(asset); });
      return item;
    }));
    this.#assets = assets;
    this.#asked.clear();
    box.addEventListener('focusout', event => { if (event.relatedTarget && !box.contains(event.relatedTarget)) this.close(false); });
    list.addEventListener('keydown', event => this.#key(event, list, assets));
    for (const type of ['mousedown', 'click', 'dblclick', 'wheel', 'mousemove']) box.addEventListener(type, event => event.stopPropagation());
    box.append(title, list);
    this.#host.append(box);
    const width = this.#host.clientWidth - clear, left = Math.max(4, Math.min(at.x + 14, width - box.offsetWidth - 4)), top = Math.max(4, Math.min(at.y + 14, this.#host.clientHeight - box.offsetHeight - 4));
    box.style.left = `${left}px`;
    box.style.top = `${top}px`;
    this.#at(list, 0);
    list.focus({ preventScroll: true });
  }

  close(giveBack = true) {
    if (!this.#box) return;
    const inside = this.#box.contains(document.activeElement);
    const box = this.#box;
    this.#box = null; // first: what is removed loses the focus, and would close again
    box.remove();
    if (giveBack && inside) (this.#back?.isConnected ? this.#back : this.#host).focus({ preventScroll: true });
  }

  #choose(asset) { this.#page.select(asset.layer, asset.id); }

  /** Names that are not made of ids are asked for row by row, as one comes to them. */
  async #name(asset, element) {
    if ((asset.layer !== Device && asset.layer !== Meter) || this.#asked.has(asset)) return;
    this.#asked.add(asset);
    try { element.textContent = (await this.#page.describe(asset.layer, asset.id))?.name ?? asset.name; } catch (error) { console.info(`map: no name of ${asset.name}: ${error?.message ?? error}`); }
  }

  #at(list, index) {
    list.setAttribute('aria-activedescendant', list.children[index].id);
    this.#name(this.#assets[index], list.children[index].querySelector('b'));
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === index)));
  }

  #key(event, list, assets) {
    const at = [...list.children].findIndex(item => item.getAttribute('aria-selected') === 'true');
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: assets.length - 1 }[event.key];
    if (next !== undefined) this.#at(list, (next + assets.length) % assets.length);
    else if (event.key === 'Enter' || event.key === ' ') { this.#choose(assets[at]); this.close(); }
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
