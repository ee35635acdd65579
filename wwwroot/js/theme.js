// In <head>, before anything is painted: the theme chosen last time. Nothing chosen: dark, the control room's.
try {
  const stored = localStorage.getItem('fluxops.theme');
  if (stored === 'light' || stored === 'dark') document.documentElement.dataset.theme = stored;
} catch { /* storage is blocked: the page's own default stands */ }
