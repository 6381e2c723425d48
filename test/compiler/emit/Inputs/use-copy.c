/* A program that uses a model with sizes known at run time. */
#include "c.h"
#include <stdio.h>

int main(void) {
  const int64_t shape[] = C_OUT_Y_SHAPE;
  c_instance *c = c_create(1);
  float x[3] = {1, 2, 3}, mine[3] = {0}, *y = 0;
  int64_t n = 3, size = -1;
  if (!c || shape[0] != -1 || c_run(c, x, &n, &y, &size))
    return printf("%s\n", c_error()), 1;
  printf("%d %g\n", (int)size, (double)y[2]);
  n = 2; /* a view becomes the next one */
  if (c_run(c, x, &n, &y, &size))
    return printf("%s\n", c_error()), 1;
  printf("%d %g\n", (int)size, (double)y[1]);
  y = mine;
  if (c_run(c, x, &n, &y, &size) || y != mine)
    return printf("%s\n", c_error()), 1;
  printf("%d %g\n", (int)size, (double)mine[1]);
  n = 1;
  if (c_run(c, x, &n, &y, &size) == 0)
    return 2;
  printf("%s\n", c_error());
  n = 9;
  if (c_run(c, x, &n, &y, &size) == 0)
    return 3;
  printf("%s\n", c_error());
  if (c_run(c, x, 0, &y, &size) == 0)
    return 4;
  printf("%s\n", c_error());
  if (c_run(c, x, &n, 0, &size) == 0)
    return 5;
  printf("%s\n", c_error());
  c_destroy(c);
  return 0;
}
