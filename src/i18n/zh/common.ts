import type { Messages } from '../messages.js';
import { units } from './units.js';

/** 不属于单个命令的文字。 */
export const common: Pick<
  Messages,
  'session' | 'account' | 'options' | 'help' | 'report' | 'time'
> = {
  session: {
    name: '名称',
    sessionId: '会话 ID',
    address: '地址',
    user: '用户',
    job: '作业',
    size: '大小',
    created: '创建时间',
    sweep: '下次清理',
  },
  account: {
    profile: '配置档',
    user: '用户',
    clusterUser: '集群用户',
    cluster: '计算区域',
    apiUrl: 'API 地址',
    accountStatus: '账户状态',
    expires: '令牌过期',
    storedIn: '保存位置',
  },
  options: {
    selector: '会话 ID 或名称，或其开头部分（默认：唯一的会话）',
    allowTarget: '接受位于回环地址的会话',
    yes: '不询问',
    json: '输出 JSON，等同于 -o json',
    output: '输出格式',
    fields: '只输出这些字段，以逗号分隔',
    field: '只输出一个字段的原始值',
    quiet: '不显示进度、提示和警告',
    debug: '显示请求去向和堆栈',
    profile: '使用的登录配置档',
    apiUrl: '区域 API 的基础地址',
    lang: '语言',
    color: '总是使用颜色',
    noColor: '不使用颜色',
    noInput: '从不提问',
    timeout: '整个命令的时限：90s、10m、2h（默认：60s）',
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
    description: '把 HPC 图形节点的桌面显示在您的屏幕上。',
    groups: {
      start: '从这里开始：',
      desktops: '桌面：',
      account: '账户：',
      setup: '设置：',
    },
    more: '用 hpc-desk 命令 --help 查看各命令的选项与示例。',
  },
  report: {
    error: '错误：',
    hint: '提示：',
    warning: '警告：',
    next: '下一步：',
    traceAt: (path) => `发送记录（不含秘密内容）保存在 ${path}`,
    platformSays: (code, msg) => `平台返回：${msg}（代码 ${code}）`,
  },
  time: {
    units,
    ago: (distance) => `${distance}前`,
    ahead: (distance) => `${distance}后`,
  },
};
