import { showTabBadge } from './tab-badge';

describe('the badge of the tab', () => {
  const icon = () => document.querySelector('link[rel="icon"]')?.getAttribute('href');

  beforeEach(() => {
    document.head.innerHTML = '<link rel="icon" href="favicon.svg" type="image/svg+xml" />';
  });

  it('is there while something is unread', () => {
    showTabBadge(document, 3);
    expect(icon()).toBe('favicon-unread.svg');
    showTabBadge(document, 0);
    expect(icon()).toBe('favicon.svg');
  });

  it('counts on the icon of an installed app', () => {
    const setAppBadge = jest.fn(() => Promise.resolve());
    Object.assign(navigator, { setAppBadge });
    showTabBadge(document, 12);
    expect(setAppBadge).toHaveBeenCalledWith(12);
    Object.assign(navigator, { setAppBadge: undefined });
  });
});
