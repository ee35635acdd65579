// The start page: shows how far the server is, and goes on to the page that was asked for (its address is still in the location bar).
const find = name => document.querySelector(`[data-start-${name}]`);
const line = find('line'), steps = find('steps'), progress = find('progress'), fault = find('fault');

function show(view) {
  if (view.ready) {
    line.textContent = 'Ready.';
    events.close();
    location.reload();
    return;
  }
  steps.replaceChildren(...view.steps.map(step => {
    const item = document.createElement('li');
    item.className = step.done ? 'done' : 'now';
    item.textContent = step.message;
    return item;
  }));
  const fraction = view.steps.findLast(step => !step.done)?.fraction;
  if (typeof fraction === 'number') progress.value = fraction; else progress.removeAttribute('value');
  progress.hidden = Boolean(view.fault);
  fault.hidden = !view.fault;
  fault.textContent = view.fault ?? '';
  line.textContent = view.fault ? 'The start failed. The console says the same; start it again when this is put right.' : 'The console is starting. This page goes on by itself.';
}

let lost = false;
const events = new EventSource('start/events');
events.onmessage = event => { lost = false; show(JSON.parse(event.data)); };
events.onerror = () => {
  if (!fault.hidden) return; // it said why before it ended
  if (!lost) line.textContent = 'The server does not answer. Trying again.';
  lost = true;
};
