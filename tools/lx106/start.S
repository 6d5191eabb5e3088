/* Begin and vectors of the emulated Xtensa: QEMU's `sim` machine, core lx106, starts at 0x50000000 whatever the ELF says. */
	.section .reset, "ax" /* no function has a section of this name */
	.global _reset
_reset:
	j	_start
	.align	4
	.section .text.start, "ax"
	.literal_position
	.global _start
_start:
	movi	a0, vectors
	wsr.vecbase a0
	movi	a0, 0x20 /* user mode, no exception, all interrupts */
	wsr.ps	a0
	rsync
	movi	a1, _stack_top
	movi	a2, _bss_start
	movi	a3, _bss_end
1:	bgeu	a2, a3, 2f
	movi	a4, 0
	s32i	a4, a2, 0
	addi	a2, a2, 4
	j	1b
2:	movi	a0, 0
	call0	emulated_main

/* Offsets of the lx106: debug, non-maskable, kernel, user and double exceptions; all end the run. */
	.align	256
vectors:
	.org	vectors + 0x10
	j	fault
	.org	vectors + 0x20
	j	fault
	.org	vectors + 0x30
	j	fault
	.org	vectors + 0x50
	j	fault
	.org	vectors + 0x70
	j	fault
	.org	vectors + 0x80
	.literal_position
fault:
	rsr.exccause a2
	rsr.epc1 a3
	rsr.excvaddr a4
	movi	a1, _stack_top
	call0	emulated_fault
	.size	_start, . - _start
