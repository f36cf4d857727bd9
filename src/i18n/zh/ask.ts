import type { Question } from '../../model/question.js';
import type { Messages } from '../messages.js';

export function ask(question: Question): string {
  switch (question.kind) {
    case 'token':
      return '令牌：';
    case 'loginMethod':
      return '用哪种方式登录？';
    case 'user':
      return '平台用户名：';
    case 'accessKey':
      return 'Access key：';
    case 'secretKey':
      return 'Secret key：';
    case 'orgId':
      return '组织 ID：';
    case 'password':
      return '密码：';
    case 'cluster':
      return '选择哪个计算区域？';
    case 'deleteSession':
      return `删除会话 ${question.name}？其中正在运行的程序会被终止。`;
    case 'writeReport':
      return `把以上内容写入 ${question.file}？`;
    case 'copyPassword':
      return `${question.viewer} 会要求输入 VNC 密码。要把密码放入剪贴板吗？`;
  }
}

export const prompts: Messages['prompts'] = {
  keys: { move: '移动', choose: '选定' },
  yes: '是',
  no: '否',
  yesOrNo: '请输入 y 或 n',
  empty: '不能为空',
};
