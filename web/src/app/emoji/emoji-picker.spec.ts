import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { eventually } from '../../testing/settled';
import { LocalStore } from '../ui/local-store';
import { EmojiPicker } from './emoji-picker';

describe('EmojiPicker', () => {
  let fixture: ComponentFixture<EmojiPicker>;
  let picked: string[];
  let closings: number;

  beforeEach(() => {
    localStorage.clear();
    Object.assign(window, { matchMedia: () => ({ matches: true }) });
    document.documentElement.lang = 'en';
  });

  async function open(): Promise<void> {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [{ provide: LocalStore, useFactory: () => new LocalStore() }],
    });
    fixture = TestBed.createComponent(EmojiPicker);
    document.body.append(root());
    picked = [];
    closings = 0;
    fixture.componentInstance.picked.subscribe((emoji) => picked.push(emoji));
    fixture.componentInstance.closed.subscribe(() => (closings += 1));
    await fixture.whenStable();
    await eventually(() => {
      expect(root().querySelector('.state')).toBeNull();
    });
  }
  function root(): HTMLElement {
    const element: unknown = fixture.nativeElement;
    if (!(element instanceof HTMLElement)) throw new Error('Not drawn.');
    return element;
  }
  function found(selector: string): HTMLElement {
    const element = root().querySelector(selector);
    if (!(element instanceof HTMLElement)) throw new Error(`No ${selector}.`);
    return element;
  }
  const emoji = (name: string): HTMLElement => found(`.grid [aria-label="${name}"]`);
  async function press(target: HTMLElement, key: string): Promise<void> {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await fixture.whenStable();
  }
  async function look(text: string): Promise<void> {
    const field = found('input');
    if (field instanceof HTMLInputElement) field.value = text;
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  it('begins with its search, and gives what is clicked, more than once', async () => {
    await open();
    expect(document.activeElement).toBe(found('input'));
    emoji('grinning face').click();
    emoji('grinning face').click();
    expect(picked).toEqual(['😀', '😀']);
    expect(closings).toBe(0);
  });

  it('has the kinds as tabs, first those taken last once there are any', async () => {
    await open();
    expect(found('[aria-selected=true]').getAttribute('aria-label')).toBe('Smileys');
    found('[role=tab][aria-label=Flags]').click();
    await fixture.whenStable();
    emoji('Egypt').click();
    await open();
    expect(found('[aria-selected=true]').getAttribute('aria-label')).toBe('Recently used');
    expect(found('.grid').textContent.trim()).toBe('🇪🇬');
    await press(found('[aria-selected=true]'), 'End');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Flags');
  });

  it('takes with Enter what is found first, and is done then', async () => {
    await open();
    await press(found('input'), 'Enter');
    await look('turtle');
    await press(found('input'), 'Enter');
    expect(picked).toEqual(['🐢']);
    expect(closings).toBe(1);
    await look('no such thing');
    expect(found('.state').textContent).toContain('No emoji');
  });

  it('goes from the search into the emoji and through them by keys', async () => {
    await open();
    await press(found('input'), 'ArrowDown');
    expect(document.activeElement).toBe(emoji('grinning face'));
    await press(emoji('grinning face'), 'ArrowRight');
    expect(document.activeElement).toBe(emoji('grinning face with big eyes'));
    expect(root().querySelectorAll('.grid [tabindex="0"]')).toHaveLength(1);
    await press(emoji('grinning face with big eyes'), 'Escape');
    expect(closings).toBe(1);
  });

  it('gives the colour of skin that was chosen, the next time, too', async () => {
    await open();
    const colour = found('select');
    if (colour instanceof HTMLSelectElement) colour.value = '🏾';
    colour.dispatchEvent(new Event('change'));
    await open();
    await look('waving hand');
    emoji('waving hand').click();
    expect(picked).toEqual(['👋🏾']);
  });
});
