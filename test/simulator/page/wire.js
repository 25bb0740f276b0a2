// The control API of the simulator, as the page uses it.

async function call(method, path, body) {
  const response = await fetch(`/control${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

const at = (id) => `/customers/${encodeURIComponent(id)}`;

export const wire = {
  overview: () => call('GET', '/overview'),
  messages: (id) => call('GET', `${at(id)}/messages`),
  addPerson: (person) => call('POST', '/customers', person),
  changePhone: (id, settings) => call('PATCH', at(id), settings),
  write: (id, draft) => call('POST', `${at(id)}/messages`, draft),
  react: (id, wamid, emoji) => call('POST', `${at(id)}/reactions`, { wamid, emoji }),
  open: (id) => call('POST', `${at(id)}/open`, {}),
  faults: () => call('GET', '/faults'),
  addFault: (fault) => call('POST', '/faults', fault),
  removeFault: (id) => call('DELETE', `/faults/${encodeURIComponent(id)}`),
  resetFaults: () => call('DELETE', '/faults'),
  limits: () => call('GET', '/limits'),
  changeLimits: (limits) => call('PATCH', '/limits', limits),
  webhooks: () => call('GET', '/webhooks'),
};

/** Follows what changes; `onOpen` is called on every new connection, since something may have been missed. */
export function follow({ onOpen, onLost, onChange }) {
  const source = new EventSource('/control/live');
  source.addEventListener('open', onOpen);
  source.addEventListener('error', onLost);
  for (const kind of ['customer', 'message', 'typing'])
    source.addEventListener(kind, (event) => onChange(JSON.parse(event.data)));
}

/** An element: `h('p', { className: 'x' }, 'text', child)`. */
export function h(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A line drawing of 24 × 24. */
export function icon(path, className = '') {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  if (className) svg.setAttribute('class', className);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
