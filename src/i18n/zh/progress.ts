import { formatEndpoint, formatLoginNode } from '../../model/endpoint.js';
import { quotePosix } from '../../model/quote.js';
import type { Question, StatusMessage } from '../../model/status.js';
import { formatDistance, formatOffset, shortRfbVersion } from '../format.js';
import type { Messages } from '../messages.js';
import { units } from './common.js';

export function progress(message: StatusMessage): string {
  switch (message.kind) {
    case 'asking':
      return `正在请求 ${message.origin}`;
    case 'creating':
      return `正在 ${message.origin} 创建或查找会话`;
    case 'deleting':
      return `正在删除 ${message.sessionId}`;
    case 'routing': {
      const { route } = message;
      const target = formatEndpoint(route.target);
      return route.kind === 'ssh'
        ? `正在经 ${formatLoginNode(route.via)} 连接 ${target}`
        : `正在连接 ${target}`;
    }
    case 'sshAlive':
      return 'ssh 已运行，正在等待桌面响应';
    case 'greeted':
      return `桌面已响应（RFB ${shortRfbVersion(message.rfbVersion)}）`;
    case 'viewing':
      return `正在启动 ${message.viewer}`;
    case 'passwordCopied':
      return 'VNC 密码已放入剪贴板；粘贴后请复制其他内容将其覆盖。';
    case 'passwordNotCopied':
      return 'VNC 密码无法放入剪贴板；请在客户端中手动输入。';
    case 'nothingToType':
      return `无需隧道：请用 VNC 客户端直接连接 ${formatEndpoint(message.target)}。`;
    case 'inUse':
      return 'VNC 客户端已连接。';
    case 'idle':
      return '没有 VNC 客户端连接；等待下一次连接。';
    case 'deserted':
      return `最后一个标签页已关闭；${formatDistance(message.endsInMs, units)}内不重新打开将断开连接。`;
    case 'lost':
      return `连接已断开：${message.reason}`;
    case 'redialling':
      return `${formatDistance(message.nextTryInMs, units)}后进行第 ${message.tries} 次重连`;
    case 'restored':
      return '连接已恢复，地址不变。';
    case 'sessionGone':
      return `平台已不再列出 ${message.name}：会话已被删除或清理。`;
    case 'keyExpires':
      return `密钥 ${message.path} 将在 ${formatDistance(message.leftMs, units)}后过期，请从控制台重新下载。`;
    case 'keyExpired':
      return `密钥 ${message.path} 已于 ${message.expiredAt} 过期，请从控制台重新下载。`;
    case 'keyOpen':
      return `密钥 ${message.path} 可被其他用户读取，ssh 会忽略该密钥；请运行：chmod 600 ${quotePosix(message.path)}`;
    case 'waiting': {
      const why = message.reason === 'busy' ? '所有节点都繁忙' : '对平台的请求过于频繁';
      const next = formatDistance(message.nextTryInMs, units);
      const passed = formatDistance(message.elapsedMs, units);
      const left = formatDistance(message.remainingMs, units);
      return `${why}；${next}后进行第 ${message.tries + 1} 次尝试（已等待 ${passed}，剩余 ${left}）`;
    }
    case 'waitStopped':
      return message.mayExist
        ? '已停止，但请求已发往平台，会话可能已创建：hpc-desk vnc list'
        : '已停止等待；没有创建会话。';
    case 'clockSkewed':
      return `本机时钟比平台${message.offsetMs < 0 ? '快' : '慢'} ${formatOffset(message.offsetMs, units)}；将使用平台时间。`;
    case 'keyStored':
      return `Secret key 保存在 ${message.path}，仅您本人可读。`;
    case 'notSaved':
      return `续期后的令牌无法保存到 ${message.path}；仅用于本次命令。`;
    case 'tokenEndsSoon':
      return `您的令牌将在 ${message.minutes} 分钟后过期且无法续期，请运行：hpc-desk login`;
    case 'sweepSoon':
      return `平台将在 ${message.minutes} 分钟后清理空闲会话；保持连接即可保留。`;
    case 'openingPage':
      return '正在用浏览器打开网页';
    case 'pageNotOpened':
      return message.outcome === 'impossible'
        ? '当前环境无法打开浏览器，请自行打开该网址。'
        : '浏览器没有打开网页（Snap、Flatpak 版或 WSL 之外的浏览器可能无法读取该文件），请自行打开该网址。';
    case 'tunnelsRunning':
      return `仍有 ${message.count} 条隧道在后台运行：hpc-desk tunnels stop --all`;
    case 'watching':
      return `正在监视 ${message.name} 的变化，按 Ctrl-C 结束。`;
    case 'startingSandbox':
      return '正在启动沙盒';
  }
}

/** 其他事情结束时附带说明的内容。 */
export const notices: Messages['notices'] = {
  done: (command) => `${command} 已完成`,
  failed: (command) => `${command} 失败`,
};

export function ask(question: Question): string {
  switch (question.kind) {
    case 'token':
      return '令牌：';
    case 'loginMethod':
      return '登录方式：';
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
      return '计算区域：';
    case 'deleteSession':
      return `删除会话 ${question.name}？其中运行的程序会被终止。`;
    case 'writeReport':
      return `把以上内容写入 ${question.file}？`;
    case 'copyPassword':
      return `${question.viewer} 会询问 VNC 密码。要把密码放入剪贴板吗？`;
  }
}

export const prompts: Messages['prompts'] = {
  keys: { move: '移动', choose: '选定' },
  yes: '是',
  no: '否',
  yesOrNo: '请输入 y 或 n',
  empty: '不能为空',
};
