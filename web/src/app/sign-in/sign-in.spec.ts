import { TestBed } from '@angular/core/testing';
import { eventually } from '../../testing/settled';
import { Session } from './session';
import { SignIn } from './sign-in';

describe('SignIn', () => {
  let status: number;
  let requests: number;

  beforeEach(() => {
    status = 401;
    requests = 0;
    globalThis.fetch = () => {
      requests += 1;
      return Promise.resolve(new Response(null, { status }));
    };
  });

  async function show(): Promise<{ root: HTMLElement; enter: (key: string) => void }> {
    const fixture = TestBed.createComponent(SignIn);
    await fixture.whenStable();
    const root: unknown = fixture.nativeElement;
    const field = root instanceof HTMLElement ? root.querySelector('input') : null;
    if (!(root instanceof HTMLElement) || field === null) throw new Error('Not drawn.');
    const enter = (key: string): void => {
      field.value = key;
      root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    };
    return { root, enter };
  }

  it('says where the key is found when it was a wrong one', async () => {
    const { root, enter } = await show();
    enter('wrong');
    await eventually(() => {
      expect(root.querySelector('[role=alert]')?.textContent).toContain('API_KEY');
    });
    expect(root.querySelector('input')?.getAttribute('aria-invalid')).toBe('true');
  });

  it('asks for a key before it asks the server', async () => {
    const { root, enter } = await show();
    enter('  ');
    await eventually(() => {
      expect(root.querySelector('[role=alert]')?.textContent).toContain('Enter the key');
    });
    expect(requests).toBe(0);
  });

  it('opens the inbox with the right one, and asks once', async () => {
    status = 204;
    const { enter } = await show();
    enter('right');
    enter('right');
    await eventually(() => {
      expect(TestBed.inject(Session).state()).toBe('open');
    });
    expect(requests).toBe(1);
  });
});
