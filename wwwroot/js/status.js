// The statuses an asset is shown with: numbers of AssetStatus, one look for tiles, markers and legend. Colours are the tokens' names.
export const Normal = 0, Loaded = 1, Heavy = 2, OverLimit = 3, DeEnergised = 4, Stale = 5, Never = 6, VoltageOut = 7;

export const statusNames = ['normal', 'loaded 60 to 80 %', 'loaded 80 to 100 %', 'over limit', 'de-energised', 'stale', 'no data yet', 'voltage outside range B'];
export const isAbnormal = status => status >= OverLimit;

// width: least, CSS px; scale: of the line's ordinary width. Drawn in this order, the gravest on top.
const quiet = { color: '--normal', width: 0, scale: 1, dash: [], alpha: .62 };
export const drawOrder = [Never, Normal, Loaded, Heavy, Stale, VoltageOut, OverLimit, DeEnergised];
export const looks = {
  status: {
    [Normal]: quiet, [Loaded]: quiet, [Heavy]: quiet,
    [OverLimit]: { color: '--p2', width: 3, scale: 1.8, dash: [], alpha: 1 },
    [DeEnergised]: { color: '--p1', width: 2.5, scale: 1.6, dash: [5, 3], alpha: 1 },
    [Stale]: { color: '--stale', width: 1.2, scale: 1.1, dash: [1.5, 3], alpha: .9 },
    [VoltageOut]: { color: '--p3', width: 2.4, scale: 1.5, dash: [8, 2], alpha: 1 },
    [Never]: { color: '--faint', width: .8, scale: 1, dash: [1, 4], alpha: .7 },
  },
};
looks.loading = {
  ...looks.status,
  [Normal]: { ...quiet, color: '--load-0' },
  [Loaded]: { color: '--load-60', width: 1.2, scale: 1.2, dash: [], alpha: .9 },
  [Heavy]: { color: '--load-80', width: 2, scale: 1.5, dash: [], alpha: 1 },
  [OverLimit]: { color: '--load-100', width: 3.2, scale: 2, dash: [], alpha: 1 },
};
export const colorNames = ['--map', '--water', '--line', '--normal', '--faint', '--p1', '--p2', '--p3', '--stale', '--accent', '--load-0', '--load-60', '--load-80', '--load-100'];

/** Mark of a substation in a box of 24, centred on 0,0: dot, triangle, square, hatched dot. */
export function markPath(status) {
  if (status === OverLimit) return 'M0-8 9 7H-9Z';
  if (status === DeEnergised) return 'M-7-7H7V7H-7Z';
  const r = status >= Stale ? 5 : 4;
  return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}
