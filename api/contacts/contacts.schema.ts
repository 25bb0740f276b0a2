import { NodeType } from '../graphql/node.schema.ts';
import { ContactType } from '../graphql/refs.ts';
import { displayNameOf } from './contact.ts';

ContactType.implement({
  description: 'A person who writes to the business.',
  interfaces: [NodeType],
  fields: (t) => ({
    phoneNumber: t.expose('phoneNumber', {
      type: 'PhoneNumber',
      nullable: true,
      description: 'Absent for people known only by a username.',
    }),
    userId: t.exposeString('userId', {
      nullable: true,
      description: 'Business-scoped user id (BSUID), when WhatsApp has told it.',
    }),
    username: t.exposeString('username', {
      nullable: true,
      description: 'Their username on WhatsApp, without @.',
    }),
    profileName: t.exposeString('profileName', {
      nullable: true,
      description: 'The name they gave themselves.',
    }),
    displayName: t.string({
      description:
        "What to show: profile name, else @username, else +number, else 'Unknown contact'.",
      resolve: (contact) => displayNameOf(contact),
    }),
  }),
});
