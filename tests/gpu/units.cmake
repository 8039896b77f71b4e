# What runs on a GPU: the table of operations and a training, with the kernels that nvcc has compiled. Links everywhere.
add_executable(unit_gpu gpu/main.cpp gpu/table.cpp op/checks.cpp cuda/training.cpp)
target_link_libraries(unit_gpu PRIVATE auris_test auris_backends)
target_compile_options(unit_gpu PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-O1>)
set_target_properties(unit_gpu PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
add_test(NAME unit_gpu COMMAND unit_gpu WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(unit_gpu PROPERTIES SKIP_RETURN_CODE 77)
