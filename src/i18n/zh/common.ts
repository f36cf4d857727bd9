import type { common as en } from '../en/common.js';
import { formatDistance, formatOffset, type Units } from '../format.js';

export const units: Units = { seconds: '秒', minutes: '分钟', hours: '小时', days: '天' };

export const duration = (spanMs: number) => formatDistance(spanMs, units);
export const offset = (offsetMs: number) => formatOffset(offsetMs, units);

/** 不属于单个命令的文字。 */
export const common: typeof en = {
  session: {
    name: '名称',
    sessionId: '会话 ID',
    address: '地址',
    user: '用户',
    job: '作业',
    size: '大小',
    created: '创建时间',
    age: '已运行',
    sweep: '下次清理',
  },
  account: {
    profile: '登录配置',
    user: '用户',
    clusterUser: '集群用户',
    cluster: '计算区域',
    apiUrl: 'API 地址',
    accountStatus: '账户状态',
    expires: '令牌有效期至',
    storedIn: '保存位置',
  },
  options: {
    selector: '会话 ID 或名称，或其开头部分（默认：唯一的会话）',
    allowTarget: '接受位于回环地址的会话',
    yes: '跳过确认',
    notify: '结束时响铃；终端支持时发出桌面通知',
    json: '输出 JSON，等同于 -o json',
    output: '输出格式',
    fields: '只输出这些字段，以逗号分隔',
    field: '只输出一个字段的原始值',
    quiet: '不显示进度、提示和警告',
    debug: '显示请求日志和堆栈',
    profile: '使用的登录配置',
    apiUrl: '计算区域 API 的基础地址',
    lang: '语言',
    color: '输出不是终端时也使用颜色',
    noColor: '不使用颜色',
    noInput: '不提示输入',
    timeout: '命令的时限，如 90s、10m、2h（默认：60s）',
    help: '显示帮助',
    version: '显示版本',
  },
  help: {
    usage: '用法：',
    arguments: '参数：',
    options: '选项：',
    globalOptions: '所有命令通用的选项：',
    commands: '命令：',
    examples: '示例：',
    choices: (words) => `（${words}）`,
    description: '把 HPC 图形节点的桌面显示到您的屏幕上。',
    groups: {
      start: '从这里开始：',
      desktops: '桌面：',
      account: '账户：',
      setup: '设置：',
    },
    summary: '显示某个命令或主题的帮助',
    topic: '命令或主题',
    topicsTitle: '帮助主题：',
    topics: {
      environment: '环境变量',
      'exit-codes': '退出码与错误代码',
      output: '输出格式与字段',
      proxy: '使用代理',
      'vnc-viewers': '支持的 VNC 客户端及其选择',
    },
    more: '运行 hpc-desk 命令 --help 查看命令的选项与示例。',
    moreJson: '运行 hpc-desk help --json 以 JSON 输出完整命令树。',
  },
  report: {
    error: '错误：',
    hint: '提示：',
    warning: '警告：',
    next: '下一步：',
    undo: '撤销：',
    traceAt: (path) => `请求日志（不含敏感信息）：${path}`,
    didYouMean: (word) => `您是不是想输入“${word}”？`,
    platformSays: (code, msg) => `平台消息：${msg}（代码 ${code}）`,
  },
  time: {
    units,
    ago: (distance) => `${distance}前`,
    ahead: (distance) => `${distance}后`,
    aside: (moment, distance) => `${moment}（${distance}）`,
  },
};
