/* Works on a device, or where there is none on the host.
 * SPDX-License-Identifier: MIT */
int main(void)
{
    int sum = 0;
#pragma omp target map(tofrom : sum)
    for (int i = 0; i < 10; i++)
        sum += i;
    return sum != 45;
}
