import type { Question } from '../../model/question.js';

export function ask(question: Question): string {
  switch (question.kind) {
    case 'token':
      return 'Token:';
    case 'loginMethod':
      return 'How do you log in?';
    case 'user':
      return 'Platform user name:';
    case 'accessKey':
      return 'Access key:';
    case 'secretKey':
      return 'Secret key:';
    case 'orgId':
      return 'Organisation id:';
    case 'password':
      return 'Password:';
    case 'cluster':
      return 'Which cluster?';
    case 'deleteSession':
      return `Delete session ${question.name}? What runs in it is lost.`;
    case 'writeReport':
      return `Write this to ${question.file}?`;
    case 'copyPassword':
      return `${question.viewer} will ask for the VNC password. Put it on the clipboard?`;
  }
}

/** What the library of prompts would say in English only. */
export const prompts = {
  keys: { move: 'move', choose: 'choose' },
  yes: 'yes',
  no: 'no',
  yesOrNo: 'Answer y or n',
  empty: 'An answer is needed',
};
