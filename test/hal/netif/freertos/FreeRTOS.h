/* FreeRTOS's spinlocks where one task runs. */
#ifndef LINNET_TEST_SPINLOCK_H
#define LINNET_TEST_SPINLOCK_H

typedef int portMUX_TYPE;
#define portMUX_INITIALIZER_UNLOCKED 0
#define portENTER_CRITICAL(lock) (++*(lock))
#define portEXIT_CRITICAL(lock) (--*(lock))

#endif
