import type { doctor as en } from '../en/doctor.js';
import type { FindingTexts } from '../error-text.js';
import { shortRfbVersion, shortTime } from '../format.js';
import { commands } from './commands.js';
import { duration, offset } from './common.js';
import { displayProblems, joinWords } from './errors.js';

const checkTitles = {
  folder: '配置目录',
  settings: '设置',
  terminal: '终端',
  freePort: '本机端口',
  temporaryFolder: '临时目录',
  addressSpace: '地址空间',
  proxy: '代理',
  dns: 'DNS 解析',
  platform: '平台',
  tls: 'TLS 证书',
  clock: '时钟',
  token: '令牌',
  cluster: '计算区域',
  ssh: 'ssh 程序',
  keys: 'ssh 密钥',
  hostKey: '主机密钥',
  loginNode: '登录节点',
  nodePort: '节点端口',
  rfb: 'VNC 协议',
  viewers: 'VNC 客户端',
  browser: '浏览器',
  tunnels: '隧道',
};

export const doctor: typeof en = {
  doctor: {
    summary: '检查打开桌面所需的一切，并给出处理建议',
    via: '要检查的登录节点，代替设置中的值',
    viewer: '要检查的 VNC 客户端，代替设置中的值',
    report: '把报告（不含敏感信息）写入新文件',
    example: '未登录或没有网络时也能运行',
    exampleReport: '用于提交问题；先显示内容，不会发送',
    exampleField: '用于脚本；检查未通过时退出码为 8',
    titles: checkTitles,
    statuses: {
      pass: '正常',
      warn: '警告',
      fail: '失败',
      skip: '跳过',
    },
    healthy: '必需的检查均已通过。',
    unhealthy: (count) => `${count} 项检查未通过。`,
    reportFollows: (file) => `以下内容将写入 ${file}：`,
  },
  viewers: {
    summary: '列出本机的 VNC 客户端',
    viewer: '要查找的 VNC 客户端：auto、ID、路径或 none',
    all: '同时显示查找过的位置和安装方法',
    example: '找到的 VNC 客户端，以及使用哪一个',
    exampleName: '只要 ID，用于脚本',
    none: '没有找到 VNC 客户端。',
    chosen: (id, reason) => `使用 ${id}：${reason}。`,
    noneChosen: (reason) => `不使用 VNC 客户端：${reason}。`,
    unusable: (name, problem) => `${name} 无法打开窗口，${displayProblems[problem]}`,
    firstFound: '优先级最高',
    requested: (viewer, source) => `指定了“${viewer}”（${source}）`,
    notFound: (viewer) => `没有找到“${viewer}”`,
    nothingFound: '一个也没有找到',
    searched: '查找过的位置：',
    install: '安装方法：',
    mirror: '国内镜像：',
    orBrowser: '或只打开本机端口，使用任意 VNC 客户端：hpc-desk vnc connect --viewer none',
  },
};

export const findings: FindingTexts = {
  blocked: ({ by }) => `依赖于“${checkTitles[by]}”`,
  late: ({ limitMs }) => `${duration(limitMs)}内没有响应`,
  'late.hint': ({ limitMs }) =>
    limitMs < 5_000
      ? '请延长时限：hpc-desk doctor --timeout 60s'
      : '请检查网络、VPN 或代理是否丢弃数据包',

  'check.passed': ({ step }) => commands.vnc.check.names[step],
  'check.skipped': ({ after }) => `已跳过：“${commands.vnc.check.names[after]}”未通过`,

  'folder.private': ({ path }) => `${path} 仅您可访问（0700）`,
  'folder.unchecked': ({ path }) => `${path}：在 Windows 上不检查权限`,
  'folder.absent': ({ path }) => `${path} 尚不存在，需要时自动创建`,
  'folder.readOnly': ({ path }) => `无法写入 ${path}`,
  'folder.readOnly.hint': '请设为可写，或用 HPC_DESK_CONFIG_DIR 指定其他目录',

  'settings.valid': ({ set }) => (set.length === 0 ? '全部为默认值' : `已设置：${joinWords(set)}`),

  'terminal.usable': ({ columns, hasColor }) => `${columns} 列，${hasColor ? '有' : '无'}颜色`,
  'terminal.piped': '输出为管道或文件',
  'terminal.dumb': 'TERM 为 dumb：没有颜色和动画',
  'terminal.notUtf8': ({ locale }) => `区域设置“${locale}”不是 UTF-8：部分字符可能显示为乱码`,
  'terminal.notUtf8.hint': 'export LANG=zh_CN.UTF-8',
  'terminal.hidden': '此 shell 不向程序提供终端，无法交互输入',
  'terminal.hidden.hint': '请使用 Windows Terminal，或在命令前加 winpty',

  'temporaryFolder.usable': ({ path }) => `${path} 可用`,
  'temporaryFolder.replaced': ({ path, used }) => `${path} 不可用于存放临时文件，改用 ${used}`,
  'temporaryFolder.replaced.hint': '请将 TMPDIR 设为可写的目录，或取消该变量',
  'temporaryFolder.none': ({ path, reason }) => `没有可用的临时目录：${path}：${reason}`,
  'temporaryFolder.none.hint': '请将 TMPDIR 设为可写的目录',
  'addressSpace.unlimited': '没有限制',
  'addressSpace.enough': ({ mebibytes }) => `限制为 ${mebibytes} MiB，足够使用`,
  'addressSpace.little': ({ mebibytes }) => `限制为 ${mebibytes} MiB，不足以运行 Node.js`,
  'addressSpace.little.hint': '请提高限制，至少 2 GiB：ulimit -v 2097152',
  'freePort.found': '可以在 127.0.0.1 上打开端口',
  'freePort.none': ({ reason }) => `无法在 127.0.0.1 上打开端口（${reason}）`,
  'freePort.none.hint': '请检查是否被防火墙或安全软件拦截',

  'proxy.none': ({ origin }) => `${origin} 直接连接，不使用代理`,
  'proxy.used': ({ origin, proxy }) => `${origin} 经代理 ${proxy}`,
  'proxy.withPassword': ({ origin, proxy }) => `${origin} 经代理 ${proxy}，密码位于环境变量中`,
  'proxy.withPassword.hint': '您启动的每个程序都能读取该密码',

  'dns.found': ({ host, addresses }) => `${host} 解析为 ${joinWords(addresses)}`,
  'dns.literal': ({ host }) => `${host} 是 IP 地址`,
  'dns.byProxy': ({ host }) => `${host} 由代理解析`,
  'dns.failed': ({ host, reason }) => `无法解析 ${host}（${reason}）`,
  'dns.failed.hint': '请检查网络、VPN 和 API 地址：hpc-desk config get apiUrl',

  'platform.answers': ({ origin, status }) => `${origin} 有响应（HTTP ${status}）`,
  'tls.trusted': ({ origin }) => `${origin} 的证书可信`,
  'tls.onLoopback': '明文 http，仅限本机回环',
  'tls.clearText': ({ origin }) => `${origin} 是明文 http：令牌会以明文传输`,
  'tls.clearText.hint': '请向超算中心索取 https 地址',

  'clock.right': '时钟与平台一致',
  'clock.wrong': ({ offsetSeconds }) =>
    `时钟比平台${offsetSeconds > 0 ? '快' : '慢'} ${offset(offsetSeconds * 1000)}`,
  'clock.wrong.hint': '请让系统自动对时（Linux：sudo timedatectl set-ntp true）',
  'clock.unknown': ({ origin }) => `${origin} 的响应没有 Date 头`,

  'token.lives': ({ user, expiresAt }) => `已登录${ofUser(user)}，有效期至 ${shortTime(expiresAt)}`,
  'token.silent': ({ user }) => `已登录${ofUser(user)}；令牌没有有效期信息`,
  'token.ending': ({ user, minutes }) => `已登录${ofUser(user)}，令牌 ${minutes} 分钟后过期`,
  'token.ending.hint': '使用时自动续期；立即续期：hpc-desk login',
  'token.expired': ({ user, expiresAt }) => `令牌${ofUser(user)}已于 ${shortTime(expiresAt)} 过期`,
  'token.expired.hint': '平台允许时自动续期；否则：hpc-desk login',

  'cluster.answers': ({ origin, schedulers }) =>
    `${origin} 接受令牌${schedulers.length === 0 ? '' : `；计算区域：${joinWords(schedulers)}`}`,

  'ssh.found': ({ path, version }) =>
    version === '' ? `程序 ${path}` : `${version}，程序 ${path}`,
  'ssh.notNeeded': '未安装；不使用登录节点时不需要',

  'keys.found': ({ inAgent, files }) =>
    [
      ...(inAgent === 0 ? [] : [`ssh-agent 中有 ${inAgent} 个`]),
      ...(files.length === 0 ? [] : [`密钥文件：${joinWords(files)}`]),
    ].join('，'),
  'keys.named': ({ path }) => `使用密钥 ${path}`,
  'keys.open': ({ path }) => `密钥 ${path} 可被其他用户读取，ssh 会忽略该密钥`,
  'keys.expired': ({ path, expiredAt }) => `密钥 ${path} 已于 ${shortTime(expiredAt)} 过期`,
  'keys.expired.hint': '请从控制台重新下载',
  'keys.ending': ({ path, leftMs }) => `密钥 ${path} 将在 ${duration(leftMs)}后过期`,
  'keys.ending.hint': '请从控制台重新下载',
  'keys.none': ({ agent }) => `${agents[agent]}，也没有密钥文件：ssh 只能使用密码`,
  'keys.none.hint': 'ssh-keygen -t ed25519，然后把公钥提交给超算中心',

  'hostKey.known': ({ host, fingerprints }) => `${host} 已知：${joinWords(fingerprints)}`,
  'hostKey.unknown': ({ host }) => `您的 known_hosts 中没有 ${host}`,
  'hostKey.unknown.hint': ({ command }) => `请与超算中心公布的指纹核对，然后运行一次：${command}`,
  'hostKey.acceptsNew': ({ host }) => `${host} 是新主机；您的 ssh 配置会在首次连接时接受它`,
  'hostKey.changed': ({ host, reason, fingerprints }) =>
    `${host} 的主机密钥已改变（已知：${joinWords(fingerprints)}）：${reason}`,
  'hostKey.changed.hint': ({ host }) =>
    `请询问超算中心；确认密钥已更换后运行：ssh-keygen -R '${host}'`,
  'hostKey.unchecked': ({ host }) =>
    `您的 ssh 配置不检查 ${host} 的主机密钥：链路上的任何人都可以冒充它`,
  'hostKey.unchecked.hint': '请从 ssh 配置中删除 StrictHostKeyChecking no',

  'via.none': '未设置：直接连接',
  'via.none.hint': '如果连不上：hpc-desk config set via USER@HOST:PORT',
  'loginNode.open': ({ via }) => `ssh 可以免密登录 ${via}`,
  'loginNode.asks': ({ via, reason }) => `ssh 登录 ${via} 需要交互输入：${reason}`,
  'loginNode.asks.hint': ({ command }) => `请配置密钥登录，然后测试：${command}`,
  'loginNode.refuses': ({ via, reason }) => `${via} 不接受您的任何密钥：${reason}`,
  'loginNode.refuses.hint': ({ command }) => `请先确保此命令可用：${command}`,
  'loginNode.fails': ({ via, reason }) => `ssh 无法连接 ${via}：${reason}`,
  'loginNode.fails.hint': ({ command }) => `请先确保此命令可用：${command}`,
  'loginNode.silent': ({ via, timeoutMs }) => `${duration(timeoutMs)}内没有经 ${via} 收到数据`,
  'loginNode.silent.hint': ({ command }) => `查看卡在哪一步：${command.replace('ssh', 'ssh -v')}`,

  'session.none': '没有可连接的会话',
  'nodePort.open': ({ target, via }) =>
    via === undefined ? `${target} 可达` : `${target} 可经 ${via} 到达`,
  'nodePort.noForwarding': ({ via, reason }) => `${via} 不允许转发：${reason}`,
  'nodePort.noForwarding.hint': '请向超算中心询问哪个登录节点允许 TCP 转发到图形节点',
  'nodePort.closed': ({ target, via, reason }) => `无法通过 ${via} 连接 ${target}（${reason}）`,
  'nodePort.closed.hint': '会话可能已经结束：hpc-desk vnc show',
  'rfb.greets': ({ target, rfbVersion }) =>
    `${target} 有响应（RFB ${shortRfbVersion(rfbVersion)}）`,

  'viewers.found': ({ name, path, count }) =>
    `使用 ${name}，${path}${count > 1 ? `（共 ${count} 个）` : ''}`,
  'viewers.noneWanted': '未选择 VNC 客户端：只打开本机端口',
  'viewers.none': '本机没有找到 VNC 客户端',
  'viewers.none.hint': ({ install }) => `${install}（详见：hpc-desk viewers）`,
  'viewers.noDisplay': ({ name, problem }) => `${name} 无法打开窗口：${displayProblems[problem]}`,
  'viewers.noDisplay.hint': '请在您自己的电脑上运行 hpc-desk，或者：hpc-desk vnc connect --web',

  'tunnels.none': '没有在后台运行的隧道',
  'tunnels.running': ({ ids }) => `在后台运行：${joinWords(ids)}`,
  'tunnels.impaired': ({ ids }) => `未连接：${joinWords(ids)}`,

  'browser.found': ({ opener }) => `网页由 ${opener} 打开`,
  'browser.off': 'HPC_DESK_BROWSER 为 none：只输出网址',
  'browser.unseen': '当前环境无法显示浏览器：只输出网址',
  'browser.none': '没有找到浏览器：只输出网址',
  'browser.none.hint': '请把 HPC_DESK_BROWSER 设为浏览器的路径',
};

const agents = {
  none: 'ssh-agent 没有运行',
  empty: 'ssh-agent 中没有密钥',
  missing: '没有找到 ssh-add',
};

function ofUser(user: string): string {
  return user === '' ? '' : `（${user}）`;
}
