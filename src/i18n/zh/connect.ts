import type { Messages } from '../messages.js';

/** 连接桌面的其他文字。 */
export const connect: Messages['connect'] = {
  identity: '登录节点的私钥；控制台下载的密钥，文件名中已含用户、主机和有效期',
  exampleIdentity: '使用从控制台下载的密钥；端口不是 22 时加上 --via HOST:PORT',
};
