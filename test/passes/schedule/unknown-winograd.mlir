// RUN: atrous-opt %s -atrous-select-schedule="winograd=always" -verify-diagnostics

// expected-error@+1 {{winograd is off, accurate or fast, not 'always'}}
module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>} {
}
