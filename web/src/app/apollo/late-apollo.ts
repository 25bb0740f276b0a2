import { Injectable, Injector, inject } from '@angular/core';
import type {
  ApolloCache,
  ApolloClient,
  OperationVariables,
  TypedDocumentNode,
} from '@apollo/client';
import { Subject, from, map, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';
import type * as documents from '../graphql/graphql';
import { nextTask } from '../ui/next-task';

/** One of the app's operations, which are loaded with Apollo: `(of) => of.ServerHealthDocument`. */
type Choice<Data, Variables> = (of: typeof documents) => TypedDocumentNode<Data, Variables>;

interface ApolloPart {
  readonly client: ApolloClient;
  readonly documents: typeof documents;
}

/**
 * The way to Apollo for what the first page is made of. Apollo is loaded with the first question; the page is drawn from the
 * answer that index.html asked for, so that this is after it. Whatever is asked sooner waits, and nothing of it is lost.
 */
@Injectable({ providedIn: 'root' })
export class LateApollo {
  private readonly injector = inject(Injector);
  private loading: Promise<ApolloPart> | null = null;
  private there: ApolloPart | null = null;
  private readonly failed = new Subject<void>();
  /** It could not be loaded. */
  readonly failures = this.failed.asObservable();

  /** What the server answers now; none of it is cached. */
  async query<Data, Variables extends OperationVariables>(
    choose: Choice<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const part = await this.part();
    const { data } = await part.client.query({
      query: choose(part.documents),
      variables,
      fetchPolicy: 'no-cache',
      // What is under way may be older than the reason to ask.
      context: { queryDeduplication: false },
    });
    return present(data);
  }

  async mutate<Data, Variables extends OperationVariables>(
    choose: Choice<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const part = await this.part();
    const { data } = await part.client.mutate({
      mutation: choose(part.documents),
      variables,
      fetchPolicy: 'no-cache',
    });
    return present(data);
  }

  /** Fails with the first answer that has no data, and ends with its socket. */
  subscribe<Data, Variables extends OperationVariables>(
    choose: Choice<Data, Variables>,
    variables: Variables,
  ): Observable<Data> {
    return from(this.part()).pipe(
      switchMap((part) =>
        part.client.subscribe({
          query: choose(part.documents),
          variables,
          fetchPolicy: 'no-cache',
        }),
      ),
      map(({ data, error }) => present(data, error)),
    );
  }

  async client(): Promise<ApolloClient> {
    return (await this.part()).client;
  }

  /** Null while it is not there, and so knows nothing. */
  get cache(): ApolloCache | null {
    return this.there?.client.cache ?? null;
  }

  private part(): Promise<ApolloPart> {
    this.loading ??= this.load();
    return this.loading;
  }

  private async load(): Promise<ApolloPart> {
    try {
      const { InboxApollo, documents } = await import('./inbox-apollo');
      await nextTask();
      this.there = { client: this.injector.get(InboxApollo).client, documents };
      return this.there;
    } catch (error) {
      // No connection: whoever asked tries again, as after any question without an answer.
      this.loading = null;
      this.failed.next();
      throw error;
    }
  }
}

function present<Data>(data: Data | null | undefined, cause?: unknown): Data {
  if (data == null) throw new Error('The server answered without data.', { cause });
  return data;
}
