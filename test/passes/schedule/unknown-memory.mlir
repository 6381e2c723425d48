// RUN: atrous-opt %s -atrous-prepare-at-load="memory=much" -verify-diagnostics

// expected-error@+1 {{memory is low, balanced or fast, not 'much'}}
module {
}
