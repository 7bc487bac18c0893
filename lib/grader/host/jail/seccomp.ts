import { endianness } from 'node:os'

/*
 * A seccomp filter as the kernel takes it: a classic BPF program over `struct seccomp_data` (linux/seccomp.h). It denies
 * what a solution never needs and what kernels were most often broken through. All else is allowed: what a JavaScript
 * engine calls differs between versions.
 */

/** Calls that fail with EPERM. Names and numbers of x86-64 (arch/x86/entry/syscalls/syscall_64.tbl). */
const DENIED: Readonly<Record<string, number>> = {
  socket: 41, connect: 42, accept: 43, bind: 49, listen: 50, accept4: 288,
  ptrace: 101, process_vm_readv: 310, process_vm_writev: 311, kcmp: 312, pidfd_open: 434, pidfd_getfd: 438,
  process_madvise: 440, bpf: 321, perf_event_open: 298, userfaultfd: 323,
  io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427,
  add_key: 248, request_key: 249, keyctl: 250,
  unshare: 272, setns: 308, chroot: 161, pivot_root: 155, mount: 165, umount2: 166, open_tree: 428, move_mount: 429,
  fsopen: 430, fsconfig: 431, fsmount: 432, fspick: 433, mount_setattr: 442,
  name_to_handle_at: 303, open_by_handle_at: 304, mknod: 133, mknodat: 259, execveat: 322,
  init_module: 175, delete_module: 176, finit_module: 313, kexec_load: 246, kexec_file_load: 320, reboot: 169,
  swapon: 167, swapoff: 168, acct: 163, quotactl: 179, quotactl_fd: 443, syslog: 103,
  settimeofday: 164, clock_settime: 227, adjtimex: 159, clock_adjtime: 305, sethostname: 170, setdomainname: 171,
  iopl: 172, ioperm: 173, modify_ldt: 154, personality: 135, uselib: 134, ustat: 136, sysfs: 139, vmsplice: 278,
  move_pages: 279, migrate_pages: 256, mbind: 237, set_mempolicy: 238, lookup_dcookie: 212,
}

const CLONE = 56
const CLONE3 = 435
/** Flags of clone that ask for namespaces of one's own: new mount, cgroup, uts, ipc, user, pid, net. */
const NAMESPACES = 0x7e02_0000
const IOCTL = 16
/** Puts characters into a terminal as if they had been typed there. */
const TIOCSTI = 0x5412

const AUDIT_ARCH_X86_64 = 0xc000_003e
/** Numbers from here on are those of the 32-bit interface on top of x86-64, by which a filter could be walked around. */
const X32_BIT = 0x4000_0000

/** Offsets in struct seccomp_data, of the low half where a field has 64 bits. */
const OFFSET = { nr: 0, arch: 4, arg0: 16, arg1: 24 } as const

const LOAD = 0x20
const JUMP_EQUAL = 0x15
const JUMP_GREATER_OR_EQUAL = 0x35
const JUMP_ANY_BIT = 0x45
const RETURN = 0x06

const ALLOW = 0x7fff_0000
const KILL_PROCESS = 0x8000_0000
const errno = (code: number): number => 0x0005_0000 | code
const EPERM = 1
const ENOSYS = 38

/** One instruction: code, jump if true, jump if false, operand. Jumps count instructions to skip. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number]

/** The program, or null where its numbers do not hold. */
export function seccompProgram(arch: string = process.arch): Buffer | null {
  return arch === 'x64' && endianness() === 'LE' ? assemble(instructions()) : null
}

function instructions(): Instruction[] {
  const returns = (value: number): Instruction => [RETURN, 0, 0, value]
  const load = (offset: number): Instruction => [LOAD, 0, 0, offset]
  /** Returns the value when the call has this number; else goes on. */
  const when = (nr: number, value: number): Instruction[] => [[JUMP_EQUAL, 0, 1, nr], returns(value)]
  return [
    load(OFFSET.arch), [JUMP_EQUAL, 1, 0, AUDIT_ARCH_X86_64], returns(KILL_PROCESS),
    load(OFFSET.nr), [JUMP_GREATER_OR_EQUAL, 0, 1, X32_BIT], returns(errno(EPERM)),
    // Its flags lie in memory, where a filter cannot look. With ENOSYS the C library falls back to clone.
    ...when(CLONE3, errno(ENOSYS)),
    ...Object.values(DENIED).flatMap((nr) => when(nr, errno(EPERM))),
    [JUMP_EQUAL, 0, 4, CLONE], load(OFFSET.arg0), [JUMP_ANY_BIT, 0, 1, NAMESPACES], returns(errno(EPERM)), returns(ALLOW),
    [JUMP_EQUAL, 0, 3, IOCTL], load(OFFSET.arg1), [JUMP_EQUAL, 0, 1, TIOCSTI], returns(errno(EPERM)),
    returns(ALLOW),
  ]
}

/** `struct sock_filter` for each: 16-bit code, two 8-bit jumps, 32-bit operand. */
function assemble(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8)
  program.forEach(([code, ifTrue, ifFalse, operand], index) => {
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(ifTrue, index * 8 + 2)
    bytes.writeUInt8(ifFalse, index * 8 + 3)
    bytes.writeUInt32LE(operand >>> 0, index * 8 + 4)
  })
  return bytes
}
