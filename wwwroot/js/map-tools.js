// The map's own tools: how to colour, what to leave out. They work without the circuit and are remembered for the tab.
import { modes } from './palette.js';
import { recall, remember } from './map-memory.js';

export class Tools {
  mode = 'status';
  abnormalOnly = false;
  flow = false;
  #root; #onChange;

  /** @param root holds buttons with data-map-mode="key", data-map-toggle="abnormalOnly|flow" */
  constructor(root, onChange, signal) {
    this.#root = root;
    this.#onChange = onChange;
    const kept = recall('tools');
    if (kept && kept.mode in modes) this.mode = kept.mode;
    this.abnormalOnly = kept?.abnormalOnly === true;
    this.flow = kept?.flow === true;
    this.#show();
    root.addEventListener('click', event => this.#click(event), { signal });
    root.addEventListener('keydown', event => this.#key(event), { signal });
  }

  #click(event) {
    const mode = event.target.closest?.('[data-map-mode]')?.dataset.mapMode, toggle = event.target.closest?.('[data-map-toggle]')?.dataset.mapToggle;
    if (mode && mode !== this.mode) this.mode = mode;
    else if (toggle) this[toggle] = !this[toggle];
    else return;
    this.#show();
    remember('tools', { mode: this.mode, abnormalOnly: this.abnormalOnly, flow: this.flow });
    this.#onChange();
  }

  /** The modes are one stop of the Tab key; arrows go from one to the next and choose it, as among radio buttons. */
  #key(event) {
    const button = event.target.closest?.('[data-map-mode]');
    if (!button || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = [...this.#root.querySelectorAll('[data-map-mode]')], at = all.indexOf(button);
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const chosen = all[(next + all.length) % all.length];
    chosen.focus();
    chosen.click();
  }

  #show() {
    for (const button of this.#root.querySelectorAll('[data-map-mode]')) {
      const chosen = button.dataset.mapMode === this.mode;
      button.setAttribute('aria-pressed', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
    for (const button of this.#root.querySelectorAll('[data-map-toggle]')) button.setAttribute('aria-pressed', String(this[button.dataset.mapToggle]));
  }
}
