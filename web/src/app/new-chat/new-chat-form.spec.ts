import { TestBed } from '@angular/core/testing';
import { LocalStore } from '../ui/local-store';
import { NewChatForm } from './new-chat-form';

function formOfPage(): NewChatForm {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({
    providers: [{ provide: LocalStore, useFactory: () => new LocalStore() }],
  });
  return TestBed.inject(NewChatForm);
}

describe('NewChatForm', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('keeps what was typed through a reload, under the same id', () => {
    const before = formOfPage();
    before.edit({ number: '447700900123' });
    before.edit({ message: ' Hello ' });
    const after = formOfPage();
    expect(after.message()).toBe(' Hello ');
    expect(after.input('447700900123')).toEqual(before.input('447700900123'));
    expect(after.input('447700900123')).toMatchObject({ to: '447700900123', text: 'Hello' });
  });

  it('has another id once the content is another', () => {
    const form = formOfPage();
    form.edit({ message: 'Hello' });
    const { clientMessageId } = form.input('447700900123');
    form.edit({ message: 'Hello' });
    expect(form.input('447700900123').clientMessageId).toBe(clientMessageId);
    form.edit({ message: 'Hello!' });
    expect(form.input('447700900123').clientMessageId).not.toBe(clientMessageId);
  });

  it('takes nothing that was written to one number along to another', () => {
    const form = formOfPage();
    form.edit({ number: '447700900123', message: 'Your order, Tom' });
    form.address('447700900123');
    expect(form.message()).toBe('Your order, Tom');
    form.address('15555550142');
    expect([form.number(), form.message()]).toEqual(['15555550142', '']);
  });

  it('is empty after sending, with a new id for the next', () => {
    const form = formOfPage();
    form.edit({ number: '1', message: 'Hello' });
    const { clientMessageId } = form.input('1');
    form.clear();
    expect([form.number(), form.message()]).toEqual(['', '']);
    expect(form.input('1').clientMessageId).not.toBe(clientMessageId);
    expect(new LocalStore().keys()).toEqual([]);
  });

  it('begins anew when what is kept cannot be read', () => {
    new LocalStore().write('new-chat', '{"number":7}');
    expect(formOfPage().number()).toBe('');
    new LocalStore().write('new-chat', 'not json');
    expect(formOfPage().message()).toBe('');
  });
});
