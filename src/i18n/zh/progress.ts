import { formatEndpoint, formatLoginNode } from '../../model/endpoint.js';
import { quotePosix } from '../../model/quote.js';
import type { QuestionTexts, StatusTexts } from '../error-text.js';
import { shortRfbVersion } from '../format.js';
import type { Messages } from '../messages.js';
import { duration, offset } from './common.js';

export const progress: StatusTexts = {
  asking: ({ origin }) => `正在请求 ${origin}`,
  creating: ({ origin }) => `正在 ${origin} 创建或查找会话`,
  deleting: ({ sessionId }) => `正在删除 ${sessionId}`,
  routing: ({ route }) => {
    const target = formatEndpoint(route.target);
    return route.kind === 'ssh'
      ? `正在经 ${formatLoginNode(route.via)} 连接 ${target}`
      : `正在连接 ${target}`;
  },
  sshAlive: 'ssh 已运行，正在等待桌面响应',
  greeted: ({ rfbVersion }) => `桌面已响应（RFB ${shortRfbVersion(rfbVersion)}）`,
  viewing: ({ viewer }) => `正在启动 ${viewer}`,
  passwordCopied: 'VNC 密码已放入剪贴板；粘贴后请复制其他内容将其覆盖。',
  passwordNotCopied: 'VNC 密码无法放入剪贴板；请在客户端中手动输入。',
  nothingToType: ({ target }) => `无需隧道：请用 VNC 客户端直接连接 ${formatEndpoint(target)}。`,
  inUse: 'VNC 客户端已连接。',
  idle: '没有 VNC 客户端连接；等待下一次连接。',
  deserted: ({ endsInMs }) => `最后一个标签页已关闭；${duration(endsInMs)}内不重新打开将断开连接。`,
  lost: ({ reason }) => `连接已断开：${reason}`,
  redialling: ({ nextTryInMs, tries }) => `${duration(nextTryInMs)}后进行第 ${tries} 次重连`,
  restored: '连接已恢复，地址不变。',
  sessionGone: ({ name }) => `平台已不再列出 ${name}：会话已被删除或清理。`,
  keyExpires: ({ path, leftMs }) =>
    `密钥 ${path} 将在 ${duration(leftMs)}后过期，请从控制台重新下载。`,
  keyExpired: ({ path, expiredAt }) => `密钥 ${path} 已于 ${expiredAt} 过期，请从控制台重新下载。`,
  keyOpen: ({ path }) =>
    `密钥 ${path} 可被其他用户读取，ssh 会忽略该密钥；请运行：chmod 600 ${quotePosix(path)}`,
  waiting: ({ reason, nextTryInMs, elapsedMs, remainingMs, tries }) => {
    const why = reason === 'busy' ? '所有节点都繁忙' : '对平台的请求过于频繁';
    return `${why}；${duration(nextTryInMs)}后进行第 ${tries + 1} 次尝试（已等待 ${duration(elapsedMs)}，剩余 ${duration(remainingMs)}）`;
  },
  waitStopped: ({ mayExist }) =>
    mayExist
      ? '已停止，但请求已发往平台，会话可能已创建：hpc-desk vnc list'
      : '已停止等待；没有创建会话。',
  clockSkewed: ({ offsetMs }) =>
    `本机时钟比平台${offsetMs < 0 ? '快' : '慢'} ${offset(offsetMs)}；将使用平台时间。`,
  keyStored: ({ path }) => `Secret key 保存在 ${path}，仅您本人可读。`,
  notSaved: ({ path }) => `续期后的令牌无法保存到 ${path}；仅用于本次命令。`,
  tokenEndsSoon: ({ minutes }) =>
    `您的令牌将在 ${minutes} 分钟后过期且无法续期，请运行：hpc-desk login`,
  sweepSoon: ({ minutes }) => `平台将在 ${minutes} 分钟后清理空闲会话；保持连接即可保留。`,
  openingPage: '正在用浏览器打开网页',
  pageNotOpened: ({ outcome }) =>
    outcome === 'impossible'
      ? '当前环境无法打开浏览器，请自行打开该网址。'
      : '浏览器没有打开网页（Snap、Flatpak 版或 WSL 之外的浏览器可能无法读取该文件），请自行打开该网址。',
  tunnelsRunning: ({ count }) =>
    `仍有 ${count} 条隧道在后台运行；停止：hpc-desk tunnels stop --all`,
  watching: ({ name }) => `正在监视 ${name} 的变化，按 Ctrl-C 结束。`,
  startingSandbox: '正在启动沙盒',
};

/** 其他事情结束时附带说明的内容。 */
export const notices: Messages['notices'] = {
  done: (command) => `${command} 已完成`,
  failed: (command) => `${command} 失败`,
};

export const ask: QuestionTexts = {
  token: '令牌：',
  loginMethod: '登录方式：',
  user: '平台用户名：',
  accessKey: 'Access key：',
  secretKey: 'Secret key：',
  orgId: '组织 ID：',
  password: '密码：',
  cluster: '计算区域：',
  deleteSession: ({ name }) => `删除会话 ${name}？其中运行的程序会被终止。`,
  writeReport: ({ file }) => `把以上内容写入 ${file}？`,
  copyPassword: ({ viewer }) => `${viewer} 会询问 VNC 密码。要把密码放入剪贴板吗？`,
};

export const prompts: Messages['prompts'] = {
  keys: { move: '移动', choose: '选定' },
  yes: '是',
  no: '否',
  yesOrNo: '请输入 y 或 n',
  empty: '不能为空',
};
