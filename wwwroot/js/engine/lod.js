// From which zoom on what is drawn (reference: feeders always; what is wrong always; the rest where it helps).
export const transformersFrom = 13, devicesFrom = 14, metersFrom = 14, symbolsFrom = 16, segmentsFrom = 14, flowFrom = 13;

/** CSS px by which what is drawn sticks out of its place: lines' halves, symbols, rings. */
export const edge = 16;

const byZoom = (z, at9, at11, at13, at15, beyond) => z <= 9 ? at9 : z <= 11 ? at11 : z <= 13 ? at13 : z <= 15 ? at15 : beyond;

/** Ordinary widths in CSS px: backbone, lateral, tie. */
export const lineWidths = z => byZoom(z, [1, .5, .4], [1.3, .75, .5], [1.9, 1.1, .8], [2.6, 1.5, 1], [3.2, 1.9, 1.3]);

/** Dashes are longer where lines are wider: a dash shorter than its line is wide would be a row of ticks. */
export const dashScale = z => byZoom(z, 1, 1, 1, 1.3, 1.8);

/** Radius in CSS px of what is normal and of what is not. */
export const transformerSize = (z, abnormal) => abnormal ? byZoom(z, 1.6, z >= 11 ? 2.1 : 1.8, z >= 13 ? 3.2 : 2.4, 4, z >= 17 ? 9 : 7.5) : byZoom(z, 1, 1, 1.25, 2, z >= 17 ? 7.5 : 6);
export const meterSize = (z, abnormal) => abnormal ? byZoom(z, 1.5, 1.5, 1.5, z >= 15 ? 2.5 : 1.8, z >= 17 ? 4.5 : 3.6) : byZoom(z, 1, 1, 1, z >= 15 ? 1.2 : .9, z >= 17 ? 3.2 : 2.4);
export const deviceSize = (z, moved) => moved ? byZoom(z, 1.7, 2, z >= 13 ? 2.8 : 2.3, z >= 15 ? 4.2 : 3.6, z >= 17 ? 7.5 : 6) : z >= 17 ? 6.2 : z >= 16 ? 4.6 : z >= 15 ? 2.8 : 2.1;

/** Zooms up to which of several marks that would lie on one another only the gravest is drawn. */
export const thinnedUpTo = 12;
