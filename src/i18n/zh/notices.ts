import type { Messages } from '../messages.js';

/** 其他事情结束时附带说明的内容。 */
export const notices: Messages['notices'] = {
  done: (command) => `${command} 已完成`,
  failed: (command) => `${command} 失败`,
  newVersion: (current, latest) => `hpc-desk ${latest} 已发布，当前版本为 ${current}。`,
  getIt: '获取新版本：',
};
