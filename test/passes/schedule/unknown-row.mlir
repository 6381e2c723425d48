// RUN: atrous-opt %s -atrous-select-schedule="schedule=fastest" -verify-diagnostics

// expected-error@+1 {{no schedule row is called 'fastest'}}
module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
}
