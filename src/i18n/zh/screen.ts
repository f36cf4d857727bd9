import type { Messages } from '../messages.js';

/** 不用查看器就能看桌面的命令。 */
export const screen: Messages['screen'] = {
  screenshot: {
    summary: '不用查看器，保存桌面的截图',
    file: '要写入的新文件，- 表示标准输出（默认：当前目录下的 hpc-desk-日期-时间.png）',
    show: '在本终端里画出截图；没有 --file 时不保存文件',
    example: '在当前目录保存为新的 PNG',
    exampleShow: '快速看一眼，通过 ssh 也行',
    examplePipe: '只输出图像字节，交给别的程序',
    saved: (file, size) => `已保存 ${file}（${size}）。`,
  },
  check: {
    summary: '逐步检查桌面是否可用',
    example: '哪些正常、哪些不正常，以及每步的用时',
    exampleJson: '用于脚本或 CI：有问题时退出码为 8',
    check: '检查项',
    result: '结果',
    time: '用时',
    names: {
      login: '平台接受登录',
      session: '会话存在',
      route: '线路可通',
      port: '端口有应答',
      rfb: '使用 RFB 协议',
      security: '允许进入',
      frame: '能显示画面',
    },
    statuses: { pass: '正常', fail: '失败', skip: '跳过' },
    healthy: '桌面可用。',
  },
};
