import { quotePosix } from '../../model/quote.js';
import { type ErrorTexts, sshLine } from '../error-text.js';
import { shortTime } from '../format.js';

const peersProblems = {
  noTable: '此处无法读取内核的 TCP 连接表（/proc/net/tcp）',
  sharedUid: '您的用户 ID 与内核为所有未知用户显示的 ID 相同',
};

export const displayProblems = {
  noDisplay: '未设置 DISPLAY',
  deadDisplay: 'DISPLAY 指定的 X 服务器没有响应',
};

export const tokenProblems = {
  empty: '内容为空',
  blank: '中间有空格',
  lineBreak: '中间有换行',
  nonAscii: '含有可打印 ASCII 以外的字符',
  tooLong: '超过 8 KiB',
};

const neededInputs = {
  credentials: '登录方式',
  token: '令牌',
  secretKey: 'Secret key',
  password: '密码',
};

export function joinWords(words: readonly string[]): string {
  return words.join('、');
}

const installSsh: Partial<Record<NodeJS.Platform, string>> = {
  win32: '请在 Windows 设置的“可选功能”中添加“OpenSSH 客户端”，或使用 --route direct',
  darwin: 'macOS 自带的 ssh 位于 /usr/bin，请将其加入 PATH，或使用 --route direct',
};

const remedies = {
  replace: '请将其改为属于您的普通文件，或设置 HPC_DESK_CONFIG_DIR',
  chmod: '请取消其他用户的访问权限（chmod go=），或设置 HPC_DESK_CONFIG_DIR',
  remount:
    '所在文件系统不保存权限：请将 HPC_DESK_CONFIG_DIR 设为其他文件系统上的目录，或在 WSL 中以 metadata 选项挂载 Windows 磁盘',
};

function several(things: string, selector: string | undefined, matches: readonly string[]): string {
  return selector === undefined
    ? `有多${things}：${joinWords(matches)}`
    : `“${selector}”匹配多${things}：${joinWords(matches)}`;
}

export const errors: ErrorTexts = {
  'bug.unexpected': ({ reason }) => `意外错误：${reason}`,
  'bug.unexpected.hint': '这是程序缺陷，请加上 --debug 重新运行，并提交其输出',

  'usage.unknownCommand': ({ word }) => `未知命令“${word}”`,
  'usage.unknownOption': ({ option }) => `未知选项“${option}”`,
  'usage.missingCommand': ({ group }) => `缺少“${group}”的子命令`,
  'usage.missingArgument': ({ argument }) => `缺少参数 <${argument}>`,
  'usage.missingValue': ({ option }) => `选项 ${option} 需要一个值`,
  'usage.missingOption': ({ option }) => `缺少选项 ${option}`,
  'usage.tooManyArguments': ({ word }) => `多余的参数“${word}”`,
  'usage.invalidValue': ({ name, value, expected }) =>
    `“${value}”不是 ${name} 的有效值，应为 ${expected}`,
  'usage.conflict': ({ first, second }) => `${first} 与 ${second} 不能同时使用`,
  'usage.unknownField': ({ field, fields }) => `未知字段“${field}”，可用字段：${fields.join(', ')}`,
  'usage.formatNotOffered': ({ format }) => `此命令不支持“${format}”输出格式`,
  'usage.formatNotOffered.hint': '请使用 --json',
  'usage.unknownSetting': ({ key }) => `未知设置项“${key}”`,
  'usage.secretInArguments': ({ option }) => `不接受 ${option}：本机其他用户能看到命令行参数`,
  'usage.secretInArguments.hint': ({ instead }) => `请改用 ${instead}`,
  'usage.needsInput': ({ what }) => `需要提供${neededInputs[what]}，但当前没有可交互的终端`,
  'usage.invalidToken': ({ problem }) => `令牌无效：${tokenProblems[problem]}`,
  'usage.invalidToken.hint': '请在一行内完整复制令牌后重试',
  'usage.needsTerminal': ({ option }) => `${option} 只能在终端上使用`,
  'usage.bytesToTerminal': ({ option }) => `${option} 会把图片数据写到终端`,
  'usage.bytesToTerminal.hint': '请指定文件，或用管道传递：… | 程序',
  'usage.fileExists': ({ path }) => `${path} 已存在`,
  'usage.fileExists.hint': '请用 --file 指定其他文件',
  'usage.plainHttp': ({ url }) => `${url} 是明文 http，登录凭据会以明文传输`,
  'usage.plainHttp.hint': '请使用 https；若确实接受风险，请在“hpc-desk login”后加 --allow-http',

  'session.ambiguous': ({ selector, matches }) => several('个会话', selector, matches),
  'session.ambiguous.hint': '请指定其中一个',
  'tunnel.ambiguous': ({ selector, matches }) => several('条隧道', selector, matches),
  'tunnel.ambiguous.hint': '请指定其中一条，或加 --all',
  'cluster.ambiguous': ({ selector, matches }) => several('个计算区域', selector, matches),
  'cluster.ambiguous.hint': '请用 --cluster ID 指定其中一个',
  'session.notFound': ({ selector }) =>
    selector === undefined ? '您目前没有会话' : `没有与“${selector}”匹配的会话`,
  'tunnel.notFound': ({ selector }) =>
    selector === undefined ? '没有在后台运行的隧道' : `没有与“${selector}”匹配的隧道`,
  'cluster.notFound': ({ selector }) =>
    selector === undefined
      ? '该账户没有提供桌面的计算区域'
      : `没有与“${selector}”匹配的可用计算区域`,
  'profile.notFound': ({ profile }) => `登录配置“${profile}”不存在`,

  'cluster.disabled': ({ cluster }) => `您的账户在计算区域 ${cluster} 已停用`,
  'cluster.disabled.hint': '请在控制台充值，或选择其他区域：hpc-desk clusters',

  'auth.required': ({ profile }) =>
    profile === 'default' ? '您尚未登录' : `登录配置“${profile}”尚未登录`,
  'auth.noApiUrl': '已设置 HPC_DESK_TOKEN，但没有 API 地址',
  'auth.noApiUrl.hint': '请设置 HPC_DESK_API_URL，或加上 --api-url URL',
  'auth.expired': ({ expiredAt }) =>
    expiredAt === undefined ? '平台不再接受您的令牌' : `您的令牌已于 ${shortTime(expiredAt)} 过期`,
  'auth.rejected': '平台拒绝登录',
  'auth.rejected.hint': '请检查用户名与密码（密钥），然后运行：hpc-desk login',
  'auth.otherOrigin': ({ issuedFor, requested }) =>
    `已保存的令牌属于 ${issuedFor}，绝不会发往 ${requested}`,

  'platform.refused': ({ platformCode }) => `平台拒绝了请求（代码 ${platformCode}）`,
  'platform.forbidden': ({ origin }) => `${origin} 拒绝访问（403）`,
  'platform.forbidden.hint': '请向平台确认账户和当前网络能否使用桌面，或重新登录：hpc-desk login',
  'platform.fault': ({ platformCode }) => `平台内部错误（代码 ${platformCode}）`,
  'platform.fault.hint': '请几分钟后重试',
  'platform.busy': '所有图形节点都繁忙或无法连接，未创建会话',
  'platform.busy.hint': '请几分钟后重试：hpc-desk vnc create',
  'platform.rateLimited': '对平台的请求过于频繁',
  'platform.rateLimited.hint': ({ retryAfterSeconds }) =>
    `请在 ${retryAfterSeconds ?? 60} 秒后重试`,

  'network.unreachable': ({ origin, reason }) => `无法连接 ${origin}（${reason}）`,
  'network.unreachable.hint': '请检查网络、代理和地址：hpc-desk config list',
  'network.timeout': ({ origin, timeoutMs }) =>
    `${origin} 在 ${Math.round(timeoutMs / 1000)} 秒内没有响应`,
  'network.timeout.hint': '请重试，或用 --timeout 120s 延长等待',
  'network.tls': ({ origin, reason, clock }) =>
    clock
      ? `按本机时间 ${clock}，${origin} 的证书${/EXPIRED/.test(reason) ? '已过期' : '尚未生效'}（${reason}）`
      : `${origin} 的证书不受信任（${reason}）`,
  'network.tls.hint': ({ clock }) =>
    clock
      ? '若该时间不正确，请校正本机时钟（Linux：sudo timedatectl set-ntp true）'
      : '若您所在单位会检查 TLS 流量，请将 NODE_EXTRA_CA_CERTS 设为其 CA 证书文件；证书校验无法关闭',
  'network.redirect': ({ origin, status, target }) =>
    `${origin} 返回重定向（${status}）${target && `到 ${target}`}；不跟随重定向`,
  'network.redirect.hint': ({ target }) =>
    /^https?:/.test(target)
      ? `若您信任该地址：hpc-desk login --api-url ${quotePosix(target)}`
      : '请检查 API 地址：hpc-desk config list',
  'network.unusableAnswer': ({ endpoint, problem }) => `${endpoint} 的响应无法使用：${problem}`,
  'network.unusableAnswer.hint': '请检查 API 地址：hpc-desk config list',

  'ssh.hostKey': ({ via, reason }) => `ssh 不信任 ${via} 的主机密钥：${reason}`,
  'ssh.hostKey.hint': ({ via }) => `请向超算中心核对指纹，然后运行一次：${sshLine(via)}`,
  'ssh.authFailed': ({ via, reason }) => `ssh 无法登录 ${via}：${reason}`,
  'ssh.authFailed.hint': ({ via }) => `请先确保此命令可用：${sshLine(via)}`,
  'ssh.exited': ({ via, exitCode, reason }) =>
    `到 ${via} 的 ssh 已退出${exitCode === null ? '' : `（代码 ${exitCode}）`}：${reason}`,
  'ssh.exited.hint': ({ via }) => `请先确保此命令可用：${sshLine(via)}`,
  'tunnel.unreachable': ({ target, reason }) => `无法连接 ${target}（${reason}）`,
  'tunnel.unreachable.hint': '若该节点只能经登录节点访问，请加上 --via USER@HOST',
  'tunnel.lost': ({ target, reason }) => `到 ${target} 的连接已断开：${reason}`,
  'tunnel.notStarted': '后台进程在桌面响应之前已退出',
  'tunnel.notStarted.hint': ({ log }) => `请查看 ${log}`,
  'tunnel.portTaken': ({ port }) => `本机端口 ${port} 已被其他程序占用`,
  'tunnel.portTaken.hint': '去掉 --local-port 可自动选择空闲端口',
  'tunnel.cannotListen': ({ reason }) => `无法打开本机端口或套接字：${reason}`,
  'tunnel.peersUnknown': ({ problem }) => `无法阻止其他用户连接本机端口：${peersProblems[problem]}`,
  'tunnel.peersUnknown.hint':
    '请使用支持 Unix 套接字的 VNC 客户端（如 TigerVNC）；若允许本机所有用户连接，请加上 --allow-any-user',
  'rfb.notRfb': ({ target, received }) => `${target} 不是 VNC 服务器，它返回了“${received}”`,
  'rfb.broken': ({ target, problem }) => `${target} 的桌面违反了 VNC 协议：${problem}`,
  'rfb.broken.hint': '请改用 VNC 客户端：hpc-desk vnc connect',
  'rfb.authFailed': ({ target }) => `${target} 的桌面拒绝了 VNC 密码`,
  'rfb.authFailed.hint': '请设置 HPC_DESK_VNC_PASSWORD',
  'rfb.lockedOut': ({ target, reason }) => `${target} 的桌面暂不接受连接：${reason}`,
  'rfb.lockedOut.hint': '请等几分钟后重试',
  'rfb.timeout': ({ target, timeoutMs }) =>
    `${target} 的桌面在 ${Math.round(timeoutMs / 1000)} 秒内没有响应`,
  'rfb.timeout.hint': '请重试，或用 --timeout 60s 延长等待',
  'viewer.failed': ({ viewer, exitCode, reason }) =>
    exitCode === 0 && reason === ''
      ? `${viewer} 尚未显示桌面就已关闭（退出码 0）`
      : `${viewer} 已退出${exitCode === null ? '' : `（代码 ${exitCode}）`}${reason && `：${reason}`}`,
  'viewer.failed.hint': '要使用其他 VNC 客户端，请运行：hpc-desk vnc connect --viewer none',
  'bridge.failed': ({ reason }) => `无法提供浏览器页面：${reason}`,
  'bridge.failed.hint': '请重新安装本程序，或使用 VNC 客户端：hpc-desk viewers',
  'bridge.unused': ({ limitMs }) => `${Math.round(limitMs / 1000)} 秒内没有人打开页面`,
  'bridge.unused.hint': '获取新链接：hpc-desk vnc connect --web',

  'ssh.missing': '本机没有找到 ssh',
  'ssh.missing.hint': ({ platform }) =>
    installSsh[platform] ??
    '请安装 OpenSSH（Debian：apt install openssh-client），或使用 --route direct',
  'viewer.missing': ({ viewer, known }) =>
    viewer === 'auto'
      ? '本机没有找到 VNC 客户端'
      : `没有找到 VNC 客户端“${viewer}”，支持的有 ${known.join(', ')}`,
  'viewer.missing.hint': '请安装 TigerVNC，或使用浏览器：hpc-desk vnc connect --web',
  'viewer.noDisplay': ({ viewer, problem }) =>
    `${viewer} 无法打开窗口：${displayProblems[problem]}`,
  'viewer.noDisplay.hint': '请使用浏览器：hpc-desk vnc connect --web',
  'xvnc.failed': ({ reason }) => `Xvnc 未能启动：${reason}`,
  'output.failed': ({ reason }) => `无法写出结果（${reason}）`,
  'store.damaged': ({ path }) => `文件 ${path} 已损坏`,
  'store.damaged.hint': '请修复或移走该文件，然后运行：hpc-desk login',
  'store.unsafe': ({ path, problem }) => `${path} 不安全，已拒绝使用：${problem}`,
  'store.unsafe.hint': ({ remedy }) => remedies[remedy],
  'store.noHome': ({ variable }) => `找不到主目录：${variable} 未设为绝对路径`,
  'store.noHome.hint': ({ variable }) =>
    `请将 ${variable} 或 HPC_DESK_CONFIG_DIR 设为您自己的目录的绝对路径`,
  'system.limit': ({ limit, reason }) =>
    limit === 'openFiles'
      ? `本进程无法打开更多文件（${reason}）`
      : `Node.js 无法申请到所需的地址空间（${reason}）`,
  'system.limit.hint': ({ limit }) =>
    limit === 'openFiles'
      ? '请提高当前 shell 的限制：ulimit -n 1024'
      : '请提高当前 shell 的限制：ulimit -v unlimited，或申请内存更大的作业',
  'store.full': ({ path }) => `无法写入 ${path}：磁盘或配额已满；原有内容未变`,
  'store.full.hint': '请腾出空间，或设置 HPC_DESK_CONFIG_DIR',
  'store.unusable': ({ path, reason }) => `无法使用 ${path}（${reason}）；原有内容未变`,
  'store.unusable.hint': ({ reason }) =>
    reason === 'EBUSY'
      ? '请关闭正在使用该文件的程序，然后重新运行命令'
      : '请将 HPC_DESK_CONFIG_DIR 设为您可写的目录',
  'store.locked': ({ path, pid }) =>
    `另一个 hpc-desk 进程${pid === undefined ? '' : `（${pid}）`}持有锁 ${path}`,
  'store.locked.hint': '请等它结束后重试；如果没有这样的进程，请删除该目录',

  'unsafe.value': ({ field, value }) => `平台为“${field}”返回了不安全的值：“${value}”`,
  'unsafe.value.hint': '没有启动任何程序；请向平台反馈',

  'check.failed': ({ failed }) => `以下检查未通过：${joinWords(failed)}`,
};
