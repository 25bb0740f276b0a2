// What goes wrong on demand, and the limits that WhatsApp sets.
import { h, wire } from './wire.js';

const groups = [
  [
    'When the inbox sends',
    [
      {
        kind: 'send-error',
        label: 'Refuse',
        hint: 'The API refuses the send with this code.',
        code: 131000,
      },
      {
        kind: 'send-fails-later',
        label: 'Fail later',
        hint: 'Accepted, and then a failed status.',
        code: 131026,
      },
      {
        kind: 'send-timeout',
        label: 'No answer',
        hint: 'Accepted, but the answer never comes; statuses do.',
      },
      {
        kind: 'send-reset',
        label: 'Connection reset',
        hint: 'Cut off instead of an answer; not sent.',
      },
      { kind: 'send-nonsense', label: 'Nonsense', hint: 'HTTP 502 with a page of HTML; not sent.' },
      { kind: 'send-slow', label: 'Slow', hint: 'The answer takes 3 seconds.', ms: 3000 },
      { kind: 'delivered-left-out', label: 'No delivered', hint: 'Read comes without delivered.' },
    ],
  ],
  [
    'When webhooks arrive',
    [
      { kind: 'webhook-delay', label: 'Late', hint: '5 seconds late.', ms: 5000 },
      { kind: 'webhook-reorder', label: 'Out of order', hint: 'Within 3 seconds.', ms: 3000 },
      {
        kind: 'webhook-duplicate',
        label: 'Twice',
        hint: 'The same body again, within 2 seconds.',
        ms: 2000,
      },
      {
        kind: 'webhook-batch',
        label: 'Together',
        hint: 'Those of 2 seconds in one body.',
        ms: 2000,
      },
      {
        kind: 'webhook-interrupt',
        label: 'Interrupted',
        hint: 'Breaks off in the middle, comes again.',
      },
      { kind: 'webhook-answer-lost', label: 'Answer lost', hint: 'The whole body comes again.' },
      { kind: 'webhook-drop', label: 'Lost for good', hint: 'Never arrives.' },
    ],
  ],
];

const chances = [
  ['once', 'next time', { times: 1 }],
  ['0.1', '1 in 10', { rate: 0.1 }],
  ['0.5', 'every other', { rate: 0.5 }],
  ['1', 'always', {}],
];

const codes = [
  [131000, 'something went wrong'],
  [131016, 'service unavailable'],
  [130429, 'throughput reached'],
  [131056, 'too many to this person'],
  [131026, 'not on WhatsApp'],
  [131047, '24 hours are over'],
  [131049, 'withheld by WhatsApp'],
  [190, 'token is not valid'],
];

// While the panel is open: faults end by themselves, and the figures move.
const refreshMs = 1_500;

export function createFaultsPanel({ panel, button, dot }) {
  const rows = new Map();
  let refreshing;

  function fault({ kind, label, hint, code, ms }) {
    const toggle = h('input', { type: 'checkbox' });
    toggle.setAttribute('role', 'switch');
    const chance = h(
      'select',
      { ariaLabel: `${label}: how often` },
      ...chances.map(([value, text]) => h('option', { value, textContent: text })),
    );
    chance.value = kind.startsWith('webhook') ? '1' : 'once';
    const codeChoice = code
      ? h(
          'select',
          { ariaLabel: `${label}: code` },
          ...codes.map(([value, text]) =>
            h('option', { value: String(value), textContent: `${value} ${text}` }),
          ),
        )
      : null;
    if (codeChoice) codeChoice.value = String(code);
    toggle.addEventListener('change', () => {
      const [, , often] = chances.find(([value]) => value === chance.value);
      const request = {
        kind,
        ...often,
        ...(ms ? { ms } : {}),
        ...(codeChoice ? { code: Number(codeChoice.value) } : {}),
      };
      void change(() =>
        toggle.checked ? wire.addFault(request) : wire.removeFault(rows.get(kind).id),
      );
    });
    rows.set(kind, { toggle, id: null });
    return h(
      'div',
      { className: 'fault' },
      h(
        'label',
        { className: 'switch' },
        toggle,
        h('span', {}, h('strong', { textContent: label }), h('small', { textContent: hint })),
      ),
      h('div', { className: 'choices' }, codeChoice, chance),
    );
  }

  async function change(action) {
    await action();
    await refresh();
  }

  async function refresh() {
    const faults = await wire.faults();
    for (const [kind, row] of rows) {
      const active = faults.find((one) => one.kind === kind);
      row.toggle.checked = Boolean(active);
      row.id = active?.id ?? null;
    }
    dot.hidden = faults.length === 0;
    if (panel.hidden) return;
    const figures = await wire.webhooks();
    status.textContent = `${figures.delivered} webhooks delivered · ${figures.pending} under way · ${figures.failed} tried again${figures.lastFailure && figures.pending ? ` (${figures.lastFailure})` : ''}`;
    const limits = await wire.limits();
    throughput.checked = limits.throughput !== null;
    pairRate.checked = limits.pairRate;
    windowRule.value = limits.window;
  }

  const status = h('p', { className: 'figures' });
  const throughput = limitSwitch((isOn) => ({ throughput: isOn ? 80 : null }));
  const pairRate = limitSwitch((isOn) => ({ pairRate: isOn }));
  const windowRule = h(
    'select',
    { ariaLabel: '24-hour window' },
    h('option', { value: 'off', textContent: 'not held' }),
    h('option', { value: 'known', textContent: 'for those who have written' }),
    h('option', { value: 'strict', textContent: 'for everybody' }),
  );
  windowRule.addEventListener(
    'change',
    () => void change(() => wire.changeLimits({ window: windowRule.value })),
  );

  function limitSwitch(patch) {
    const toggle = h('input', { type: 'checkbox' });
    toggle.setAttribute('role', 'switch');
    toggle.addEventListener(
      'change',
      () => void change(() => wire.changeLimits(patch(toggle.checked))),
    );
    return toggle;
  }

  function labelled(control, label, hint) {
    return h(
      'label',
      { className: 'switch fault' },
      control,
      h('span', {}, h('strong', { textContent: label }), h('small', { textContent: hint })),
    );
  }

  function open(isOpen) {
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    document.getElementById('app').classList.toggle('has-faults', isOpen);
    clearInterval(refreshing);
    if (!isOpen) return;
    void refresh();
    refreshing = setInterval(() => void refresh(), refreshMs);
  }

  const close = h('button', {
    className: 'icon-button',
    type: 'button',
    ariaLabel: 'Close',
    textContent: '✕',
  });
  const reset = h('button', { className: 'quiet', type: 'button', textContent: 'Switch all off' });
  close.addEventListener('click', () => {
    open(false);
    button.focus();
  });
  reset.addEventListener('click', () => void change(() => wire.resetFaults()));
  button.addEventListener('click', () => open(panel.hidden));
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    open(false);
    button.focus();
  });

  panel.append(
    h(
      'header',
      { className: 'bar' },
      h('div', { className: 'bar-text' }, h('h2', { textContent: 'Faults and limits' })),
      close,
    ),
    h(
      'div',
      { className: 'faults-body' },
      status,
      ...groups.map(([title, faults]) =>
        h('fieldset', {}, h('legend', { textContent: title }), ...faults.map(fault)),
      ),
      h(
        'fieldset',
        {},
        h('legend', { textContent: 'Limits' }),
        labelled(throughput, '80 messages a second', 'More are refused: 130429.'),
        labelled(pairRate, 'One in 6 seconds per person', 'After a burst of 45: 131056.'),
        h(
          'div',
          { className: 'fault' },
          h(
            'span',
            {},
            h('strong', { textContent: '24-hour window' }),
            h('small', { textContent: 'Later sends fail: 131047.' }),
          ),
          h('div', { className: 'choices' }, windowRule),
        ),
      ),
      reset,
    ),
  );
  void refresh();
}
