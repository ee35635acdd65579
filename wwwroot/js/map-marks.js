// The marks of palette.json as paths in a box of 24 centred on 0,0: shape repeats colour, in markers, legend and cards alike.
const svg = 'http://www.w3.org/2000/svg';

export const markPaths = {
  dot: circle(4),
  hatched: circle(5),
  square: 'M-7-7H7V7H-7Z',
  up: 'M0-8 9 7H-9Z',
  down: 'M0 8 9-7H-9Z',
};

function circle(r) { return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`; }

/** A picture with one mark in it: give it to `paintMark` whenever its class changes. */
export function markPicture(className = 'glyph') {
  const picture = document.createElementNS(svg, 'svg'), mark = document.createElementNS(svg, 'path');
  picture.setAttribute('viewBox', '-12 -12 24 24');
  picture.setAttribute('class', className);
  picture.setAttribute('aria-hidden', 'true');
  mark.setAttribute('class', 'mark');
  picture.append(mark);
  return picture;
}

/** @param look a class of the palette: {mark, color} */
export function paintMark(picture, look) {
  picture.dataset.mark = look.mark;
  picture.style.setProperty('--c', `var(${look.color})`);
  picture.querySelector('.mark').setAttribute('d', markPaths[look.mark]);
}

/** A line as the class draws it, with its mark in the middle where it has one besides the plain dot. */
export function lineSample(look) {
  const picture = document.createElementNS(svg, 'svg'), line = document.createElementNS(svg, 'path');
  picture.setAttribute('viewBox', '0 0 28 14');
  picture.setAttribute('class', 'glyph sample');
  picture.setAttribute('aria-hidden', 'true');
  picture.dataset.mark = look.mark;
  picture.style.setProperty('--c', `var(${look.color})`);
  line.setAttribute('d', 'M0 7h28');
  line.setAttribute('class', 'line');
  line.setAttribute('stroke-width', String(Math.max(1.5, look.width)));
  line.setAttribute('stroke-opacity', String(look.alpha));
  if (look.dash.length) line.setAttribute('stroke-dasharray', look.dash.join(' '));
  picture.append(line);
  const mark = document.createElementNS(svg, 'path');
  mark.setAttribute('class', 'mark');
  mark.setAttribute('d', markPaths[look.mark]);
  mark.setAttribute('transform', 'translate(14 7) scale(.72)');
  picture.append(mark);
  return picture;
}
