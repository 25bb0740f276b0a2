import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { RouteReuseStrategy, Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { ReuseSameChat, routes } from './app.routes';
import { Chat } from './chat/chat';

describe('the addresses of the app', () => {
  it('have one for the list and one for each chat, and lead others to the list', async () => {
    expect(routes.map(({ path }) => path)).toEqual(['', '**']);
    const [chat] = routes[0]?.children ?? [];
    expect(chat?.path).toBe('chat/:id');
    expect(await chat?.loadComponent?.()).toBe(Chat);
  });

  it('make a chat anew for another customer or place, and keep it otherwise', async () => {
    let made = 0;
    @Component({ template: '', changeDetection: ChangeDetectionStrategy.OnPush })
    class CountedChat {
      constructor() {
        made += 1;
      }
    }
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: 'chat/:id', component: CountedChat }]),
        { provide: RouteReuseStrategy, useValue: new ReuseSameChat() },
      ],
    });
    const harness = await RouterTestingHarness.create('/chat/cnv_1');
    await harness.navigateByUrl('/chat/cnv_1?other=1');
    expect(made).toBe(1);
    await harness.navigateByUrl('/chat/cnv_2');
    await harness.navigateByUrl('/chat/cnv_2?message=msg_1&at=c1');
    expect(made).toBe(3);
    expect(TestBed.inject(Router).url).toContain('message=msg_1');
  });
});
