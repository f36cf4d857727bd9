import type { CheckName, CheckStatus } from '../../model/finding.js';
import type { Messages } from '../messages.js';

export const checkTitles: Record<CheckName, string> = {
  folder: '配置目录',
  settings: '设置',
  terminal: '终端',
  freePort: '空闲端口',
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
  viewers: '查看器',
  browser: '浏览器',
};

const statuses: Record<CheckStatus, string> = {
  pass: '正常',
  warn: '注意',
  fail: '失败',
  skip: '跳过',
};

export const doctor: Pick<Messages, 'doctor' | 'viewers'> = {
  doctor: {
    summary: '检查打开桌面所需的一切，并给出处理办法',
    via: '要检查的登录节点，代替设置中的那个',
    viewer: '要检查的查看器，代替设置中的那个',
    report: '先显示报告（不含敏感信息），再写入新文件',
    example: '未登录或没有网络时也能运行',
    exampleReport: '用于提交问题：先显示，不会发送到任何地方',
    exampleField: '用于脚本；有失败时退出码为 8',
    titles: checkTitles,
    statuses,
    healthy: '所需的一切都正常。',
    unhealthy: (count) => `有 ${count} 项检查失败。`,
    reportFollows: (file) => `以下内容将写入 ${file}：`,
  },
  viewers: {
    summary: '列出本机的 VNC 查看器以及将使用哪一个',
    viewer: '要查找的查看器：auto、ID、路径或 none',
    example: '有哪些查看器，查找过哪些位置',
    exampleName: '只要 ID，用于脚本',
    id: '查看器',
    name: '名称',
    version: '版本',
    path: '路径',
    none: '没有找到 VNC 查看器。',
    chosen: (id, reason) => `使用 ${id}：${reason}。`,
    noneChosen: (reason) => `不使用查看器：${reason}。`,
    firstFound: '按优先顺序它排在最前',
    wished: (wish, source) => `指定了“${wish}”（${source}）`,
    notFound: (wish) => `没有找到“${wish}”`,
    nothingFound: '一个也没有找到',
    searched: '查找过的位置：',
    install: '安装方法：',
    mirror: '在中国大陆可先设置镜像：',
    orBrowser: '或者只打开端口，自行使用任意查看器：hpc-desk vnc connect --viewer none',
  },
};
