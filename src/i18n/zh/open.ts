import type { Messages } from '../messages.js';

/** `vnc open` 的文字。 */
export const open: Messages['open'] = {
  summary: '打开平台自带的会话网页',
  noOpen: '只输出网址；HPC_DESK_BROWSER=none 含义相同，其他值表示要用的浏览器',
  example: '输出网址（通过管道时也一样），能打开浏览器时就打开',
  exampleField: '只要网址；它可能无需登录即可进入桌面，请保密',
};
