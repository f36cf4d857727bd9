import type { Messages } from '../messages.js';

/** 不用查看器就能看桌面的命令。 */
export const screen: Messages['screen'] = {
  screenshot: {
    summary: '保存桌面的截图，无需查看器',
    file: '要写入的新文件，- 表示标准输出（默认：当前目录下的 hpc-desk-日期-时间.png）',
    show: '在终端里显示截图；未加 --file 时不保存文件',
    example: '在当前目录保存为新的 PNG',
    exampleShow: '快速看一眼，通过 ssh 登录时也可以',
    examplePipe: '只输出图片数据，交给其他程序',
    saved: (file, size) => `已保存 ${file}（${size}）。`,
  },
  check: {
    summary: '逐步检查桌面是否可用',
    example: '哪些正常，哪些不正常，以及每步的用时',
    exampleJson: '用于脚本或 CI：有问题时退出码为 8',
    check: '检查项',
    result: '结果',
    time: '用时',
    names: {
      login: '平台接受登录',
      session: '会话存在',
      route: '连接方式可用',
      port: '端口有响应',
      rfb: '使用 RFB 协议',
      security: '允许接入',
      frame: '能显示画面',
    },
    healthy: '桌面可用。',
  },
};
