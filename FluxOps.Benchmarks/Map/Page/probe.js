// Runs in the measured page before its own scripts. Times are ms since the navigation started (performance.now).
globalThis.probe = (() => {
  const first = { stations: 0, feeders: 0 };
  let frames = null, last = 0, watch = null;

  function tick(now) {
    // What the frame before this one showed.
    if (!first.stations && (globalThis.baseline?.stationsDrawn || document.querySelectorAll('.sub').length > 0)) first.stations = now;
    if (!first.feeders && (globalThis.baseline?.feedersDrawn || document.querySelector('[data-map][data-ready="true"]'))) first.feeders = now;
    if (frames && last) frames.push(now - last);
    last = now;
    if (watch) look();
    requestAnimationFrame(tick);
  }
  requestAnimationFrame(tick);

  const map = () => globalThis.baseline?.map ?? globalThis.fluxops?.map?.leaflet;
  const canvases = () => map().getPane(globalThis.baseline ? 'overlayPane' : 'tilePane').querySelectorAll('canvas');
  const scratch = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const side = 9; // px around the watched place

  /** Whether the colour is near the place; draws the canvas below it into a small one of our own. */
  function shows() {
    const { lat, lon, rgb } = watch, box = map().getContainer().getBoundingClientRect(), p = map().latLngToContainerPoint([lat, lon]), x = box.left + p.x, y = box.top + p.y;
    for (const canvas of [...canvases()].reverse()) {
      const r = canvas.getBoundingClientRect();
      if (!canvas.width || x < r.left || x >= r.right || y < r.top || y >= r.bottom) continue;
      const scale = canvas.width / r.width;
      scratch.clearRect(0, 0, side, side);
      scratch.drawImage(canvas, (x - r.left) * scale - side / 2, (y - r.top) * scale - side / 2, side, side, 0, 0, side, side);
      const d = scratch.getImageData(0, 0, side, side).data;
      for (let i = 0; i < d.length; i += 4) if (Math.abs(d[i] - rgb[0]) + Math.abs(d[i + 1] - rgb[1]) + Math.abs(d[i + 2] - rgb[2]) < 40 && d[i + 3] > 200) return true;
      return false;
    }
    return false;
  }

  function look() {
    const now = shows();
    if (now === watch.now) return;
    watch.now = now;
    watch.flips.push([performance.timeOrigin + performance.now(), now]); // Unix ms
  }

  return {
    first,
    startFrames() { frames = []; last = 0; },
    stopFrames() { const all = frames; frames = null; return all; },
    /** Watches a place for a token's colour, frame by frame. */
    watch(lat, lon, token) {
      scratch.canvas.width = scratch.canvas.height = side;
      scratch.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
      scratch.fillRect(0, 0, 1, 1);
      watch = { lat, lon, rgb: [...scratch.getImageData(0, 0, 1, 1).data], now: false, flips: [] };
      watch.now = shows();
      return watch.now;
    },
    flips() { return watch.flips.splice(0); },
    unwatch() { watch = null; },
    center: () => { const c = map().getCenter(); return [c.lat, c.lng, map().getZoom()]; },
    show(lat, lon, zoom) { map().setView([lat, lon], zoom, { animate: false }); },
  };
})();
