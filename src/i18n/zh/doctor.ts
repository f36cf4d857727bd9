import type { CheckName, CheckStatus } from '../../model/finding.js';
import type { Messages } from '../messages.js';

export const checkTitles: Record<CheckName, string> = {
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
};

const statuses: Record<CheckStatus, string> = {
  pass: '正常',
  warn: '警告',
  fail: '失败',
  skip: '跳过',
};

export const doctor: Pick<Messages, 'doctor' | 'viewers'> = {
  doctor: {
    summary: '检查打开桌面所需的一切，并给出处理建议',
    via: '要检查的登录节点，代替设置中的值',
    viewer: '要检查的 VNC 客户端，代替设置中的值',
    report: '把报告（不含敏感信息）写入新文件',
    example: '未登录或没有网络时也能运行',
    exampleReport: '用于提交问题；先显示内容，不会发送',
    exampleField: '用于脚本；检查未通过时退出码为 8',
    titles: checkTitles,
    statuses,
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
    id: '客户端',
    name: '名称',
    version: '版本',
    path: '路径',
    none: '没有找到 VNC 客户端。',
    chosen: (id, reason) => `使用 ${id}：${reason}。`,
    noneChosen: (reason) => `不使用 VNC 客户端：${reason}。`,
    unusable: (name, problem) =>
      `${name} 无法打开窗口，${problem === 'noDisplay' ? '未设置 DISPLAY' : 'DISPLAY 指向的显示没有响应'}`,
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
