/* A program that uses a compiled model through its header. */
#include "m.h"
#include <stdio.h>

int main(void) {
  const int64_t shape[] = M_IN_X_1_SHAPE;
  float x[M_IN_X_1_SIZE] = {1}, y[M_OUT_Y_SIZE] = {0};
  m_instance *m = m_create(2);
  if (!m || M_IN_X_1_RANK != 2 || shape[1] != 4 || m_run(m, x, y) || !m_model())
    return printf("%s\n", m_error()), 1;
  printf("%g %g\n", (double)y[0], (double)y[7]);
  x[0] = -1;
  if (m_run(m, x, y) == 0)
    return 2;
  printf("%s\n", m_error());
  m_destroy(m);
  m_destroy(0);
  return 0;
}
